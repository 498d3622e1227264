import { useQuery } from '@tanstack/react-query'
import type { NodeRun, WorkflowRunDetail } from '@trellis/contracts'
import { ArrowLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Card, Chip, cx, ErrorState, Notice, Skeleton } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { CodeBlock } from '../../chat/CodeBlock.tsx'
import { statusTones } from '../status-tones.ts'
import { runQuery } from './queries.ts'

export interface RunDetailProps {
  readonly app: App
  readonly runId: string
  readonly onClose: () => void
}

/** One run: what went in and came out, and the same of each of its nodes. */
export function RunDetail({ app, runId, onClose }: RunDetailProps) {
  const { t } = useTranslation('workflow')
  const errorText = useErrorText()
  const detail = useQuery(runQuery(useApi(), app.id, runId))
  return (
    <>
      <div>
        <Button variant="ghost" icon={<ArrowLeft size={14} aria-hidden />} onClick={onClose}>
          {t('console.back')}
        </Button>
      </div>
      {detail.isPending && <Skeleton className="h-60" />}
      {detail.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(detail.error)} onRetry={() => void detail.refetch()} />
      )}
      {detail.data && (
        <>
          <Summary run={detail.data.run} />
          <h3 className="text-l font-semibold">{t('steps')}</h3>
          <Card className="overflow-hidden">
            {detail.data.nodes.map((node) => (
              <NodeRow key={node.id} node={node} />
            ))}
          </Card>
        </>
      )}
    </>
  )
}

function Summary({ run }: { readonly run: WorkflowRunDetail }) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  return (
    <>
      <div className="flex flex-wrap items-center gap-2.5">
        <h2 className="text-2xl font-semibold tracking-tight">{format.dateTime(run.created_at)}</h2>
        <Chip tone={statusTones[run.status]}>{t(`status.${run.status}`)}</Chip>
        <span className="text-s text-ink-3">
          {run.version === 'draft' ? t('console.draft') : t('console.version', { version: run.version })}
        </span>
        {run.finished_at !== null && <span className="font-mono text-s text-ink-3">{format.duration(run.elapsed_time)}</span>}
        {run.total_tokens > 0 && <span className="text-s text-ink-3">{t('tokenCount', { count: run.total_tokens })}</span>}
      </div>
      {run.error !== null && <Notice tone="bad">{run.error}</Notice>}
      <Values label={t('console.inputs')} values={run.inputs} />
      <Values label={t('console.outputs')} values={run.outputs} />
    </>
  )
}

function NodeRow({ node }: { readonly node: NodeRun }) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  const metadata = node.execution_metadata ?? {}
  const round = metadata['loop_index'] ?? metadata['iteration_index']
  const tokens = Number(metadata['total_tokens'] ?? 0)
  const price = metadata['total_price']
  return (
    <details className="group border-t border-line first:border-t-0">
      <summary
        className={cx(
          'flex cursor-pointer list-none items-center gap-2 px-3 py-2 select-none hover:bg-surface-2',
          round !== undefined && 'pl-8',
        )}
      >
        <ChevronRight size={14} aria-hidden className="shrink-0 text-ink-3 transition-transform group-open:rotate-90" />
        <span className="min-w-0 truncate font-medium">{node.title}</span>
        <span className="font-mono text-xs text-ink-3">{node.node_type}</span>
        {typeof round === 'number' && <span className="text-s text-ink-3">{t('round', { number: format.number(round + 1) })}</span>}
        <span className="flex-1" />
        {tokens > 0 && <span className="text-s text-ink-3">{t('tokenCount', { count: tokens })}</span>}
        {node.finished_at !== null && <span className="font-mono text-s text-ink-3">{format.duration(node.elapsed_time)}</span>}
        <Chip tone={statusTones[node.status]}>{t(`status.${node.status}`)}</Chip>
      </summary>
      <div className="flex flex-col gap-3 border-t border-line bg-surface-2 px-4 py-3">
        {node.error !== null && <Notice tone="bad">{node.error}</Notice>}
        {typeof price === 'string' && Number(price) > 0 && (
          <p className="text-s text-ink-2">
            {t('console.cost')}: {format.price(price, String(metadata['currency'] ?? 'USD'))}
          </p>
        )}
        <Values label={t('console.inputs')} values={node.inputs} />
        <Values label={t('console.processData')} values={node.process_data} />
        <Values label={t('console.outputs')} values={node.outputs} />
        <Values label={t('console.details')} values={node.execution_metadata} />
      </div>
    </details>
  )
}

/** Values as JSON; nothing where there are none. */
function Values({ label, values }: { readonly label: string; readonly values: Readonly<Record<string, unknown>> | null }) {
  if (values === null || Object.keys(values).length === 0) return null
  return (
    <section aria-label={label} className="min-w-0">
      <h4 className="mb-1 text-s font-medium text-ink-2">{label}</h4>
      <CodeBlock code={JSON.stringify(values, null, 2)} language="json" />
    </section>
  )
}
