import type { NodeRun } from '@trellis/contracts'
import { ChevronRight, RotateCcw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card, Chip, cx, Notice } from '../../../../design/index.ts'
import { useFormat } from '../../../../i18n/useFormat.ts'
import { statusTones } from '../../status-tones.ts'
import { NodeMark } from './NodeMark.tsx'
import { type TraceNode, type TraceRound, toTraceTree } from './trace-tree.ts'
import { ValueTable } from './ValueTable.tsx'

export interface TraceTreeProps {
  readonly nodes: readonly NodeRun[]
  /** What can be done with an execution, below its values. */
  readonly actions?: ((run: NodeRun) => ReactNode) | undefined
}

/** Every execution of a run, when and for how long, what went in and what came out. */
export function TraceTree({ nodes, actions }: TraceTreeProps) {
  const { t } = useTranslation('workflow')
  const span = spanOf(nodes)
  return (
    <Card className="overflow-hidden">
      <ol aria-label={t('steps')}>
        {toTraceTree(nodes).map((node) => (
          <NodeItem key={node.run.id} node={node} span={span} depth={0} actions={actions} />
        ))}
      </ol>
    </Card>
  )
}

/** Of all executions, in unix milliseconds. */
interface Span {
  readonly startMs: number
  readonly endMs: number
}

const startOf = (run: NodeRun): number => run.started_at_ms ?? run.created_at * 1000
const endOf = (run: NodeRun): number => startOf(run) + run.elapsed_time * 1000

const spanOf = (runs: readonly NodeRun[]): Span => ({
  startMs: Math.min(...runs.map(startOf)),
  endMs: Math.max(...runs.map(endOf)),
})

interface ItemProps {
  readonly span: Span
  readonly depth: number
  readonly actions: TraceTreeProps['actions']
}

function NodeItem({ node: { run, attempts, rounds }, span, depth, actions }: ItemProps & { readonly node: TraceNode }) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  const tokens = Number(run.execution_metadata?.['total_tokens'] ?? 0)
  const [isOpen, setOpen] = useState(false)
  return (
    <li className="border-t border-line first:border-t-0">
      <Row depth={depth} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} bar={<Bar run={run} span={span} />}>
        <NodeMark type={run.node_type} />
        <span className="min-w-0 truncate font-medium">{run.title || run.node_type}</span>
        {attempts.length > 0 && (
          <span className="flex shrink-0 items-center gap-1 text-s text-warn" title={t('attempts', { count: attempts.length })}>
            <RotateCcw size={12} aria-hidden />
            {attempts.length}
            <span className="sr-only">{t('attempts', { count: attempts.length })}</span>
          </span>
        )}
        {rounds.length > 0 && <span className="shrink-0 text-s text-ink-3">{t('trace.rounds', { count: rounds.length })}</span>}
        <span className="flex-1" />
        {tokens > 0 && (
          <span className="shrink-0 font-mono text-s text-ink-3 max-sm:hidden">
            {t('tokens', { ns: 'chat', count: tokens, text: format.number(tokens) })}
          </span>
        )}
        {run.status !== 'succeeded' && <Chip tone={statusTones[run.status]}>{t(`status.${run.status}`)}</Chip>}
        {run.finished_at !== null && (
          <span className="w-14 shrink-0 text-right font-mono text-s text-ink-3">{format.duration(run.elapsed_time)}</span>
        )}
      </Row>
      {isOpen && <NodeValues run={run} attempts={attempts} actions={actions} />}
      {rounds.length > 0 && (
        <ol aria-label={t('trace.roundsOf', { title: run.title })}>
          {rounds.map((round) => (
            <RoundItem key={round.index} round={round} span={span} depth={depth + 1} actions={actions} />
          ))}
        </ol>
      )}
    </li>
  )
}

function RoundItem({ round: { index, seconds, nodes }, span, depth, actions }: ItemProps & { readonly round: TraceRound }) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  const hasFailure = nodes.some(({ run }) => run.status === 'failed')
  const [isOpen, setOpen] = useState(hasFailure)
  return (
    <li className="border-t border-line">
      <Row depth={depth} isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
        <span className="text-ink-2">{t('round', { number: format.number(index + 1) })}</span>
        <span className="flex-1" />
        {hasFailure && <Chip tone="bad">{t('status.failed')}</Chip>}
        {seconds !== undefined && <span className="w-14 shrink-0 text-right font-mono text-s text-ink-3">{format.duration(seconds)}</span>}
      </Row>
      {isOpen && (
        <ol className="border-t border-line">
          {nodes.map((node) => (
            <NodeItem key={node.run.id} node={node} span={span} depth={depth + 1} actions={actions} />
          ))}
        </ol>
      )}
    </li>
  )
}

interface RowProps {
  readonly depth: number
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly bar?: ReactNode
  readonly children: ReactNode
}

function Row({ depth, isOpen, onToggle, bar, children }: RowProps) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={onToggle}
      className="grid h-9 w-full grid-cols-[minmax(0,1fr)_minmax(0,26%)] items-center gap-4 pr-3 text-left hover:bg-surface-2 max-md:grid-cols-1"
      style={{ paddingLeft: `${0.75 + depth * 1.25}rem` }}
    >
      <span className="flex min-w-0 items-center gap-2">
        <ChevronRight size={14} aria-hidden className={cx('shrink-0 text-ink-3 transition-transform', isOpen && 'rotate-90')} />
        {children}
      </span>
      <span className="max-md:hidden">{bar}</span>
    </button>
  )
}

/** When an execution ran within the run. */
function Bar({ run, span }: { readonly run: NodeRun; readonly span: Span }) {
  const totalMs = Math.max(1, span.endMs - span.startMs)
  const left = (100 * (startOf(run) - span.startMs)) / totalMs
  const width = (100 * run.elapsed_time * 1000) / totalMs
  const isBad = run.status === 'failed'
  const isWarn = run.status === 'exception'
  return (
    <span aria-hidden className="relative block h-1.5 rounded-full bg-surface-3">
      <span
        className={cx('absolute h-full min-w-1 rounded-full', isBad ? 'bg-bad' : isWarn ? 'bg-warn' : 'bg-accent')}
        style={{ left: `min(${left}%, 100% - 4px)`, width: `${width}%` }}
      />
    </span>
  )
}

interface NodeValuesProps {
  readonly run: NodeRun
  readonly attempts: readonly NodeRun[]
  readonly actions: TraceTreeProps['actions']
}

function NodeValues({ run, attempts, actions }: NodeValuesProps) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  const { total_price: price, currency, ...details } = run.execution_metadata ?? {}
  return (
    <div className="flex flex-col gap-3 border-t border-line bg-surface-2 px-4 py-3">
      <p className="flex flex-wrap gap-x-3 text-s text-ink-3">
        <span>
          {t('trace.type')} <span className="font-mono">{run.node_type}</span>
        </span>
        <span>
          {t('trace.id')} <span className="font-mono wrap-anywhere">{run.node_id}</span>
        </span>
        {price !== undefined && Number(price) > 0 && <span>{format.price(String(price), String(currency ?? 'USD'))}</span>}
      </p>
      {run.error !== null && <Notice tone={run.status === 'exception' ? 'warn' : 'bad'}>{run.error}</Notice>}
      {attempts.length > 0 && (
        <section aria-label={t('trace.attempts')}>
          <h4 className="mb-1 text-s font-medium text-ink-2">{t('trace.attempts')}</h4>
          <ol className="flex flex-col gap-1">
            {attempts.map((attempt, position) => (
              <li key={attempt.id} className="flex gap-2 text-s">
                <span className="font-mono text-ink-3">{format.number(position + 1)}</span>
                <span className="min-w-0 flex-1 wrap-anywhere text-bad">{attempt.error}</span>
                <span className="font-mono text-ink-3">{format.duration(attempt.elapsed_time)}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <ValueTable label={t('console.inputs')} values={run.inputs} isTruncated={run.inputs_truncated} />
      <ValueTable label={t('console.processData')} values={run.process_data} isTruncated={run.process_data_truncated} />
      <ValueTable label={t('console.outputs')} values={run.outputs} isTruncated={run.outputs_truncated} />
      <ValueTable label={t('console.details')} values={details} />
      {actions?.(run)}
    </div>
  )
}
