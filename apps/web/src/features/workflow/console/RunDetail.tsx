import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { NodeRun, WorkflowRunDetail } from '@trellis/contracts'
import { ArrowLeft, FastForward } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, buttonClass, Chip, CopyButton, cx, ErrorState, Notice, Skeleton } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { LatencyBar } from '../../logs/LatencyBar.tsx'
import { useSession } from '../../session/useSession.ts'
import { statusTones } from '../status-tones.ts'
import { PausedNotice } from './PausedNotice.tsx'
import { runQuery } from './queries.ts'
import { RetryPanel } from './retry/RetryPanel.tsx'
import { runsRoute } from './runs-route.ts'
import { TraceTree } from './trace/TraceTree.tsx'
import { totalPrices } from './trace/trace-tree.ts'
import { ValueTable } from './trace/ValueTable.tsx'

export interface RunDetailProps {
  readonly app: App
  readonly runId: string
  readonly onClose: () => void
}

/** One run: what went in and came out, where its time went, and the same of each of its nodes. */
export function RunDetail({ app, runId, onClose }: RunDetailProps) {
  const { t } = useTranslation('workflow')
  const errorText = useErrorText()
  const detail = useQuery(runQuery(useApi(), app.id, runId))
  return (
    <>
      <div>
        <Button variant="ghost" className="-ml-2" icon={<ArrowLeft size={14} aria-hidden />} onClick={onClose}>
          {t('console.back')}
        </Button>
      </div>
      {detail.isPending && <Skeleton className="h-60" />}
      {detail.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(detail.error)} onRetry={() => void detail.refetch()} />
      )}
      {detail.data && <RunContent key={runId} app={app} {...detail.data} />}
    </>
  )
}

interface RunContentProps {
  readonly app: App
  readonly run: WorkflowRunDetail
  readonly nodes: readonly NodeRun[]
}

function RunContent({ app, run, nodes }: RunContentProps) {
  const { t } = useTranslation('workflow')
  const { account, canEdit } = useSession()
  const format = useFormat(account.timezone)
  const [isRetrying, setRetrying] = useState(false)
  const canRetry = canEdit && (run.status === 'failed' || run.status === 'stopped')
  const isTrial = run.version === 'draft'
  const again = ({ node_id: node }: NodeRun) => (
    <Link to="/app/$id/steps" params={{ id: app.id }} search={{ node }} className={cx(buttonClass({ size: 's' }), 'self-start')}>
      <FastForward size={13} aria-hidden />
      {t('parts.again')}
    </Link>
  )
  return (
    <>
      <div className="flex flex-wrap items-center gap-2.5">
        <h2 className="text-2xl font-semibold tracking-tight">{format.dateTime(run.created_at)}</h2>
        <Chip tone={statusTones[run.status]}>{t(`status.${run.status}`)}</Chip>
        <span className="flex-1" />
        {canRetry && !isRetrying && (
          <Button icon={<FastForward size={13} aria-hidden />} onClick={() => setRetrying(true)}>
            {t(run.status === 'stopped' ? 'retry.openStopped' : 'retry.open')}
          </Button>
        )}
      </div>
      <Facts app={app} run={run} nodes={nodes} />
      {run.status === 'paused' && <PausedNotice runId={run.id} />}
      {run.error !== null && <Notice tone="bad">{run.error}</Notice>}
      {canRetry && isRetrying && (
        <RetryPanel app={app} runId={run.id}>
          <h3 className="mt-2 border-t border-line pt-4 text-xl font-semibold">
            {t(run.status === 'stopped' ? 'retry.stoppedRun' : 'retry.failedRun')}
          </h3>
        </RetryPanel>
      )}
      {run.finished_at !== null && <LatencyBar runId={run.id} />}
      <h3 className="mt-2 text-l font-semibold">{t('steps')}</h3>
      {nodes.length > 0 ? (
        <TraceTree nodes={nodes} actions={isTrial ? again : undefined} />
      ) : (
        <p className="text-ink-3">{t('trace.noSteps')}</p>
      )}
      <h3 className="mt-2 text-l font-semibold">{t('trace.wholeRun')}</h3>
      <ValueTable label={t('console.inputs')} values={run.inputs} />
      <ValueTable label={t('console.outputs')} values={run.outputs} />
    </>
  )
}

function Facts({ app, run, nodes }: RunContentProps) {
  const { t } = useTranslation('workflow')
  const format = useFormat(useSession().account.timezone)
  const published = versionTime(run.version)
  const prices = totalPrices(nodes)
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3">
      <Fact label={t('console.time')}>{run.finished_at === null ? '–' : format.duration(run.elapsed_time)}</Fact>
      <Fact label={t('console.stepCount')}>{format.number(run.total_steps)}</Fact>
      <Fact label={t('console.tokens')}>{format.number(run.total_tokens)}</Fact>
      {prices.length > 0 && (
        <Fact label={t('console.cost')}>{prices.map(({ amount, currency }) => format.price(amount, currency)).join(' + ')}</Fact>
      )}
      {run.exceptions_count > 0 && run.status !== 'failed' && <Fact label={t('trace.handled')}>{format.number(run.exceptions_count)}</Fact>}
      <Fact label={t('trace.ranOn')}>
        {run.version === 'draft' ? t('console.draft') : published ? format.dateTime(published) : run.version}
      </Fact>
      <Fact label={t('trace.startedBy')}>
        <Starter run={run} />
      </Fact>
      {run.retry_of !== null && (
        <Fact label={t('retry.of')}>
          <Link
            to={runsRoute(app)}
            params={{ id: app.id }}
            search={{ run: run.retry_of }}
            className="font-mono text-s text-accent hover:underline"
          >
            {run.retry_of.slice(0, 8)}…
          </Link>
        </Fact>
      )}
      <Fact label={t('trace.runId')}>
        <span className="flex items-center gap-1">
          <span className="font-mono text-s">{run.id.slice(0, 8)}…</span>
          <CopyButton text={run.id} />
        </span>
      </Fact>
    </dl>
  )
}

/** A word for how it began, and who: visitors have no names, and callers those that programs give them. */
function Starter({ run }: Pick<RunContentProps, 'run'>) {
  const { t } = useTranslation('workflow')
  const name = run.created_by_account?.name ?? (run.started_from === 'api' ? run.created_by_end_user?.session_id : null)
  return (
    <span className="max-w-80 truncate" title={name ?? undefined}>
      {t(`origin.${run.started_from}`)}
      {name != null && <span className="font-normal text-ink-2"> · {name}</span>}
    </span>
  )
}

/** When a version was published, in seconds: its name begins with that time, in UTC and without saying so. */
function versionTime(version: string): number | undefined {
  const ms = Date.parse(`${version.slice(0, 19).replace(' ', 'T')}Z`)
  return Number.isNaN(ms) ? undefined : ms / 1000
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-s text-ink-3">{label}</dt>
      <dd className="flex h-6 items-center font-medium">{children}</dd>
    </div>
  )
}
