import { Download, FileSpreadsheet, Play, Square } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../api/save-file.ts'
import { Button, cx, Notice } from '../../design/index.ts'
import type { FormVariable } from '../../features/app/user-input-form.ts'
import { useFileDrop } from '../../features/form/useFileDrop.ts'
import { formatList } from '../../i18n/format-list.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { isOpen } from './batch-run.ts'
import { type BatchSheet, headerOf, MAX_ROWS, readSheet } from './batch-sheet.ts'
import { parseCsv, readCsvText, writeCsv } from './csv.ts'
import { withHiddenFields } from './hidden-fields.ts'
import { SheetColumns } from './SheetColumns.tsx'
import { SheetFaults } from './SheetFaults.tsx'
import type { BatchHandle } from './useBatch.ts'

export interface BatchPanelProps {
  readonly variables: readonly FormVariable[]
  readonly batch: BatchHandle
  /** Names the files that are handed out. */
  readonly title: string
  readonly onRun: () => void
}

interface ChosenFile {
  readonly name: string
  readonly sheet: BatchSheet
}

/** Many rows of a file instead of one form: template, choice, check, start. */
export function BatchPanel({ variables, batch, title, onRun }: BatchPanelProps) {
  const { t, i18n } = useTranslation('published')
  const format = useFormat()
  const [chosen, setChosen] = useState<ChosenFile | null>(null)
  const [ran, setRan] = useState<ChosenFile | null>(null)
  const shown = variables.filter((variable) => variable.rest['hide'] !== true)
  const takesFiles = shown.some(({ type }) => type === 'file' || type === 'file-list')
  const isRunning = batch.state?.items.some(isOpen) ?? false
  const read = async (file: File) => {
    const { lines, brokenQuoteAt } = parseCsv(await readCsvText(file, i18n.language))
    const sheet: BatchSheet =
      brokenQuoteAt === undefined
        ? readSheet(lines, shown)
        : { rows: [], faults: [{ reason: 'brokenQuote', line: brokenQuoteAt }], ignored: [] }
    setChosen({ name: file.name, sheet })
  }
  const isReady = chosen !== null && chosen.sheet.faults.length === 0
  const run = () => {
    if (!isReady) return
    setRan(chosen)
    batch.begin(chosen.name, withHiddenFields(chosen.sheet.rows, variables))
    onRun()
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2 text-pretty">{t(takesFiles ? 'batch.leadWithFiles' : 'batch.lead', { limit: format.number(MAX_ROWS) })}</p>
      <Button
        size="l"
        icon={<Download size={14} aria-hidden />}
        onClick={() => saveFile(`${title}.csv`, new Blob([writeCsv([headerOf(shown)])], { type: 'text/csv' }))}
      >
        {t('batch.template')}
      </Button>
      <SheetColumns variables={shown} />
      <FileChoice name={chosen?.name} isDisabled={isRunning} onFile={(file) => void read(file)} />
      {chosen && <SheetFaults sheet={chosen.sheet} />}
      {chosen && chosen.sheet.ignored.length > 0 && (
        <Notice tone="warn">{t('batch.ignored', { columns: formatList(i18n.language, chosen.sheet.ignored) })}</Notice>
      )}
      {isRunning ? (
        <Button key="stop" size="l" icon={<Square size={12} fill="currentColor" aria-hidden />} onClick={batch.cancel}>
          {t('batch.cancel')}
        </Button>
      ) : (
        <Button
          key="run"
          size="l"
          // Once the results of a file are there, they are what is wanted of it: a second run is paid for again.
          variant={chosen && chosen === ran ? 'default' : 'primary'}
          disabled={!isReady}
          icon={<Play size={14} aria-hidden />}
          onClick={run}
        >
          {isReady ? t('batch.run', { count: chosen.sheet.rows.length }) : t('batch.runNone')}
        </Button>
      )}
    </div>
  )
}

interface FileChoiceProps {
  readonly name: string | undefined
  readonly isDisabled: boolean
  readonly onFile: (file: File) => void
}

function FileChoice({ name, isDisabled, onFile }: FileChoiceProps) {
  const { t } = useTranslation('published')
  const input = useRef<HTMLInputElement>(null)
  const label = useId()
  const take = (file: File | undefined) => {
    if (file && !isDisabled) onFile(file)
  }
  const drop = useFileDrop(([file]) => take(file))
  return (
    <section
      aria-labelledby={label}
      {...drop.handlers}
      className={cx(
        'flex flex-col items-center gap-2 rounded-md border border-dashed bg-surface px-4 py-6 text-center transition-colors',
        drop.isOver ? 'border-accent bg-accent-soft' : 'border-line-2',
      )}
    >
      <FileSpreadsheet size={20} aria-hidden className="text-ink-3" />
      <p id={label} className="max-w-full truncate">
        {name ?? t('batch.drop')}
      </p>
      <Button size="s" disabled={isDisabled} onClick={() => input.current?.click()}>
        {t(name === undefined ? 'batch.choose' : 'batch.chooseOther')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,text/csv"
        onChange={(event) => {
          take(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
    </section>
  )
}
