import { useQuery } from '@tanstack/react-query'
import { Play, Plus, Square } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { TrialInput } from '../../api/models-api.ts'
import { Button, ErrorState, Skeleton, TextArea } from '../../design/index.ts'
import { defaultModelQuery, modelsQuery } from '../models/queries.ts'
import { PaletteButton } from '../shell/palette/PaletteButton.tsx'
import { TopBar } from '../shell/TopBar.tsx'
import { type ColumnChoice, ModelColumn } from './ModelColumn.tsx'
import { startingModels } from './starting-models.ts'
import { usePlaygroundTexts } from './usePlaygroundTexts.ts'
import { useTrials } from './useTrials.ts'

const MOST_COLUMNS = 4

interface Column {
  readonly key: number
  /** Undefined: what a column in its place begins with. */
  readonly choice?: ColumnChoice
}

/** One prompt put to up to four models at once, to see how they answer, how fast and for how much. */
export function PlaygroundPage() {
  const { t } = useTranslation('common')
  const texts = usePlaygroundTexts()
  if (texts.isError) return <ErrorState title={t('loadFailed')} message={t('reloadHint')} onRetry={() => void texts.refetch()} />
  return texts.data === undefined ? <Skeleton className="m-8 h-60" /> : <Playground />
}

/** None until it is known what there is. */
function useStartingModels(): readonly ColumnChoice[] {
  const api = useApi()
  const standard = useQuery(defaultModelQuery(api, 'llm'))
  const models = useQuery(modelsQuery(api, 'llm'))
  if (standard.isPending || models.isPending) return []
  const { data } = standard
  return startingModels(data ? { provider: data.provider.provider, model: data.model } : undefined, models.data ?? [])
}

function Playground() {
  const { t } = useTranslation('playground')
  const starting = useStartingModels()
  const [columns, setColumns] = useState<readonly Column[]>([{ key: 0 }, { key: 1 }])
  const [system, setSystem] = useState('')
  const [prompt, setPrompt] = useState('')
  const trials = useTrials()
  const choiceOf = ({ key, choice }: Column): ColumnChoice | undefined => choice ?? starting[key] ?? starting[0]
  const canRun = prompt.trim() !== '' && columns.some((column) => choiceOf(column) !== undefined)
  const run = () => {
    if (!canRun) return
    const inputs = columns.flatMap((column): [number, TrialInput][] => {
      const choice = choiceOf(column)
      return choice ? [[column.key, { ...choice, system, prompt }]] : []
    })
    trials.start(new Map(inputs))
  }
  const add = () => setColumns([...columns, { key: Math.max(...columns.map(({ key }) => key)) + 1 }])
  const remove = (key: number) => {
    setColumns(columns.filter((column) => column.key !== key))
    trials.forget(key)
  }
  return (
    <>
      <TopBar title={t('title')}>
        <PaletteButton />
      </TopBar>
      <main id="content" className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        <h1 className="sr-only">{t('title')}</h1>
        <form
          className="flex flex-col gap-3 border-b border-line bg-surface px-4 py-3.5"
          onSubmit={(event) => {
            event.preventDefault()
            run()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) run()
          }}
        >
          <div className="grid grid-cols-2 gap-3 max-[860px]:grid-cols-1">
            <TextArea label={t('system')} placeholder={t('systemPlaceholder')} rows={3} value={system} onValueChange={setSystem} />
            <TextArea label={t('prompt')} placeholder={t('promptPlaceholder')} rows={3} value={prompt} onValueChange={setPrompt} />
          </div>
          <div className="flex items-center gap-2 max-sm:flex-wrap max-sm:justify-end">
            <p className="min-w-0 flex-1 text-s max-sm:basis-full text-ink-3">{t('lead')}</p>
            {columns.length < MOST_COLUMNS && (
              <Button icon={<Plus size={14} aria-hidden />} onClick={add}>
                {t('add')}
              </Button>
            )}
            {trials.isRunning ? (
              <Button icon={<Square size={13} aria-hidden />} onClick={trials.stop}>
                {t('stop')}
              </Button>
            ) : (
              <Button type="submit" variant="primary" icon={<Play size={13} aria-hidden />} disabled={!canRun}>
                {t('run')}
              </Button>
            )}
          </div>
        </form>
        <div className="grid min-h-0 flex-1 auto-cols-[minmax(18rem,1fr)] grid-flow-col divide-x divide-line overflow-x-auto max-sm:auto-cols-auto max-sm:grid-flow-row max-sm:divide-x-0 max-sm:divide-y">
          {columns.map((column, index) => (
            <ModelColumn
              key={column.key}
              number={index + 1}
              choice={choiceOf(column)}
              onChange={(choice) => setColumns(columns.map((other) => (other.key === column.key ? { ...other, choice } : other)))}
              trial={trials.results.get(column.key)}
              onRemove={columns.length > 1 ? () => remove(column.key) : undefined}
            />
          ))}
        </div>
      </main>
    </>
  )
}
