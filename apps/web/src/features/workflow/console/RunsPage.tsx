import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { WorkflowRunItem } from '@trellis/contracts'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import type { RunKind } from '../../../api/workflows-api.ts'
import {
  Button,
  Cell,
  Chip,
  EmptyState,
  ErrorState,
  HeaderCell,
  Skeleton,
  Table,
  TableHead,
  TableRow,
  Tabs,
} from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'
import { statusTones } from '../status-tones.ts'
import { runsQuery } from './queries.ts'
import { RunDetail } from './RunDetail.tsx'

/** The runs of a workflow, trials and calls apart, and each of them in full. */
export function RunsPage({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const [kind, setKind] = useState<RunKind>('debugging')
  const { run: openId } = useSearch({ strict: false })
  const navigate = useNavigate()
  const open = (run: string | undefined) => void navigate({ to: '.', search: run === undefined ? {} : { run } })
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-240 flex-col gap-4 px-8 py-7 max-sm:px-4 max-sm:py-5">
        {openId === undefined ? (
          <>
            <h2 className="text-2xl font-semibold tracking-tight">{t('console.runs')}</h2>
            <Tabs
              label={t('console.kind')}
              value={kind}
              onValueChange={setKind}
              items={[
                { value: 'debugging', label: t('console.trials') },
                { value: 'app-run', label: t('console.calls') },
              ]}
            />
            <RunList app={app} kind={kind} onOpen={open} />
          </>
        ) : (
          <RunDetail app={app} runId={openId} onClose={() => open(undefined)} />
        )}
      </div>
    </main>
  )
}

function RunList({ app, kind, onOpen }: { readonly app: App; readonly kind: RunKind; readonly onOpen: (runId: string) => void }) {
  const { t } = useTranslation('workflow')
  const errorText = useErrorText()
  const runs = useInfiniteQuery(runsQuery(useApi(), app.id, kind))
  const items = runs.data?.pages.flatMap(({ data }) => data) ?? []
  if (runs.isPending) return <Skeleton className="h-40" />
  if (runs.isError) {
    const title = t('loadFailed', { ns: 'common' })
    return <ErrorState title={title} message={errorText(runs.error)} onRetry={() => void runs.refetch()} />
  }
  if (items.length === 0) {
    return <EmptyState icon={<History size={20} aria-hidden />} title={t('console.noRuns')} description={t('console.noRunsHint')} />
  }
  return (
    <>
      <Table className="min-w-170 table-fixed">
        <TableHead>
          <HeaderCell>{t('console.started')}</HeaderCell>
          <HeaderCell className="w-40">{t('console.state')}</HeaderCell>
          <HeaderCell className="w-36">{t('trace.startedBy')}</HeaderCell>
          <HeaderCell className="w-24 text-right">{t('console.time')}</HeaderCell>
          <HeaderCell className="w-24 text-right">{t('console.tokens')}</HeaderCell>
          <HeaderCell className="w-24 text-right">{t('console.stepCount')}</HeaderCell>
        </TableHead>
        <tbody>
          {items.map((run) => (
            <RunRow key={run.id} run={run} onOpen={() => onOpen(run.id)} />
          ))}
        </tbody>
      </Table>
      {runs.hasNextPage && (
        <div className="flex justify-center">
          <Button isBusy={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            {t('console.more')}
          </Button>
        </div>
      )}
    </>
  )
}

const figure = 'text-right font-mono text-s text-ink-2 whitespace-nowrap'

function RunRow({ run, onOpen }: { readonly run: WorkflowRunItem; readonly onOpen: () => void }) {
  const { t } = useTranslation('workflow')
  const format = useFormat(useSession().account.timezone)
  return (
    <TableRow onClick={onOpen}>
      <Cell className="truncate">{format.dateTime(run.created_at)}</Cell>
      <Cell>
        <Chip tone={statusTones[run.status]}>{t(`status.${run.status}`)}</Chip>
      </Cell>
      <Cell className="truncate text-ink-2">{t(`origin.${run.started_from}`)}</Cell>
      <Cell className={figure}>{run.finished_at === null ? '–' : format.duration(run.elapsed_time)}</Cell>
      <Cell className={figure}>{format.number(run.total_tokens)}</Cell>
      <Cell className={figure}>{format.number(run.total_steps)}</Cell>
    </TableRow>
  )
}
