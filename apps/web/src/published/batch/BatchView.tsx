import { Download, RotateCcw } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../api/save-file.ts'
import { Button, Cell, Chip, type ChipTone, HeaderCell, ProgressBar, Table, TableHead, TableRow } from '../../design/index.ts'
import type { FormVariable } from '../../features/app/user-input-form.ts'
import { Markdown } from '../../features/chat/Markdown.tsx'
import { useFormat } from '../../i18n/useFormat.ts'
import { resultLines } from './batch-results.ts'
import { type BatchItem, type BatchState, isLeftOver, isOpen, type RowStatus } from './batch-run.ts'
import { writeCsv } from './csv.ts'

export interface BatchViewProps {
  readonly state: BatchState
  readonly variables: readonly FormVariable[]
  readonly onRetry: () => void
}

const tones: Readonly<Record<RowStatus, ChipTone>> = {
  waiting: 'neutral',
  running: 'info',
  succeeded: 'ok',
  failed: 'bad',
  cancelled: 'warn',
}

/** How far a batch is, row by row, and its results as a file. */
export function BatchView({ state: { fileName, items }, variables, onRetry }: BatchViewProps) {
  const { t } = useTranslation('published')
  const format = useFormat()
  const shown = variables.filter((variable) => variable.rest['hide'] !== true)
  const done = items.filter((item) => !isOpen(item)).length
  const isRunning = done < items.length
  const leftOver = items.filter(isLeftOver).length
  const save = () => {
    const words = {
      status: (item: BatchItem) => t(`batch.status.${item.status}`),
      statusColumn: t('batch.state'),
      errorColumn: t('batch.error'),
    }
    const lines = resultLines(items, shown, words)
    saveFile(`${fileName.replace(/\.csv$/iu, '')}-results.csv`, new Blob([writeCsv(lines)], { type: 'text/csv' }))
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-50 flex-1" role="status">
          <p className="font-medium">
            {t(isRunning ? 'batch.progress' : 'batch.finished', { done: format.number(done), count: items.length })}
            {leftOver > 0 && <span className="ml-2 font-normal text-bad">{t('batch.leftOver', { count: leftOver })}</span>}
          </p>
          <p className="truncate text-s text-ink-3">{fileName}</p>
        </div>
        {!isRunning && leftOver > 0 && (
          <Button icon={<RotateCcw size={13} aria-hidden />} onClick={onRetry}>
            {t('batch.retry', { count: leftOver })}
          </Button>
        )}
        <Button variant={isRunning ? 'default' : 'primary'} icon={<Download size={14} aria-hidden />} disabled={done === 0} onClick={save}>
          {t('batch.download')}
        </Button>
      </div>
      <ProgressBar label={t('batch.progressLabel')} max={items.length} value={done} />
      <Table className="table-fixed sm:min-w-140">
        <TableHead>
          <HeaderCell className="w-14">{t('batch.row')}</HeaderCell>
          <HeaderCell className="w-28">{t('batch.state')}</HeaderCell>
          <HeaderCell className="w-[28%] max-sm:hidden">{t('batch.input')}</HeaderCell>
          <HeaderCell>
            <span className="sm:hidden">{t('batch.both')}</span>
            <span className="max-sm:hidden">{t('batch.output')}</span>
          </HeaderCell>
        </TableHead>
        <tbody>
          {items.map((item, position) => (
            <BatchRowView key={item.line} number={position + 1} item={item} variables={shown} />
          ))}
        </tbody>
      </Table>
    </div>
  )
}

const MAX_CELL_LENGTH = 300

interface BatchRowViewProps {
  /** From 1, the header not counted. */
  readonly number: number
  readonly item: BatchItem
  readonly variables: readonly FormVariable[]
}

const BatchRowView = memo(function BatchRowView({ number, item, variables }: BatchRowViewProps) {
  const { t } = useTranslation('published')
  const cells = variables.map(({ variable }) => item.cells[variable]).filter((cell) => cell !== undefined && cell !== '')
  const inputs = shorten(cells.join(' · '))
  return (
    <TableRow>
      <Cell className="py-2 align-top font-mono text-s text-ink-3">{number}</Cell>
      <Cell className="py-2 align-top">
        <Chip tone={tones[item.status]}>{t(`batch.status.${item.status}`)}</Chip>
      </Cell>
      <Cell className="py-2 align-top wrap-anywhere text-ink-2 max-sm:hidden">{inputs}</Cell>
      <Cell className="py-2 align-top">
        {/* A phone has no room for their column. */}
        <p className="mb-1 line-clamp-3 text-s wrap-anywhere text-ink-3 sm:hidden">{inputs}</p>
        {item.error !== null && <p className="wrap-anywhere text-bad">{item.error}</p>}
        <RowOutputs outputs={item.outputs} />
      </Cell>
    </TableRow>
  )
})

/** Of several outputs each says its name; a single one is the result. Text is read as after a single run. */
function RowOutputs({ outputs }: Pick<BatchItem, 'outputs'>) {
  const named = Object.entries(outputs)
  return (
    <div className="flex flex-col gap-1.5 wrap-anywhere">
      {named.map(([name, value]) => (
        <div key={name}>
          {named.length > 1 && <p className="font-mono text-s text-ink-3">{name}</p>}
          {typeof value === 'string' ? <Markdown text={shorten(value)} /> : shorten(JSON.stringify(value))}
        </div>
      ))}
    </div>
  )
}

const shorten = (text: string): string => (text.length > MAX_CELL_LENGTH ? `${text.slice(0, MAX_CELL_LENGTH)}…` : text)
