import { Check, ChevronRight, CircleAlert, Clock, Square, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Spinner } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import type { RunProgress, RunStatus, Step } from './run-progress.ts'

/** The steps of a run so far. */
export function StepList({ run }: { readonly run: RunProgress }) {
  const { t } = useTranslation('workflow')
  return (
    <ol aria-label={t('steps')} className="flex flex-col">
      {run.steps.map((step) => (
        <StepRow key={step.id} step={step} runStatus={run.status} />
      ))}
    </ol>
  )
}

/** The same folded away: beside an answer, what it says comes first. */
export function FoldedSteps({ run }: { readonly run: RunProgress }) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  const current = run.status === 'running' ? run.steps.findLast((step) => step.status === 'running') : undefined
  if (run.steps.length === 0) return null
  return (
    <details className="group rounded-md border border-line text-m leading-normal">
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-md px-3 py-1.5 text-ink-2 select-none hover:bg-surface-2">
        <ChevronRight size={14} aria-hidden className="shrink-0 text-ink-3 transition-transform group-open:rotate-90" />
        {current ? (
          <>
            <Spinner />
            <span className="truncate">{current.title}</span>
          </>
        ) : (
          <span>{t('stepCount', { count: run.steps.length })}</span>
        )}
        {run.seconds !== undefined && <span className="font-mono text-s text-ink-3">{format.duration(run.seconds)}</span>}
      </summary>
      <div className="border-t border-line px-3 py-1">
        <StepList run={run} />
      </div>
    </details>
  )
}

interface StepRowProps {
  readonly step: Step
  readonly runStatus: RunStatus
}

function StepRow({ step, runStatus }: StepRowProps) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  return (
    <li className="flex min-w-0 flex-col border-t border-line py-1.5 first:border-t-0">
      <div className="flex min-w-0 items-center gap-2">
        <StepMark step={step} runStatus={runStatus} />
        <span className="min-w-0 truncate">{step.title}</span>
        {step.round !== undefined && <span className="text-s text-ink-3">{t('round', { number: format.number(step.round) })}</span>}
        {step.attempts > 0 && <span className="text-s text-warn">{t('attempts', { count: step.attempts })}</span>}
        <span className="flex-1" />
        {step.seconds !== undefined && <span className="font-mono text-s text-ink-3">{format.duration(step.seconds)}</span>}
      </div>
      {step.error !== null && <p className="pl-6 text-s wrap-anywhere text-bad">{step.error}</p>}
    </li>
  )
}

function StepMark({ step, runStatus }: StepRowProps) {
  const { t } = useTranslation('workflow')
  const status = step.status === 'running' && runStatus === 'paused' ? 'paused' : step.status
  const look = { size: 14, role: 'img', 'aria-label': t(`status.${status}`) } as const
  if (status === 'paused') return <Clock {...look} className="shrink-0 text-info" />
  if (status === 'running' && runStatus === 'running') return <Spinner />
  if (status === 'running' || status === 'stopped') return <Square {...look} className="shrink-0 text-ink-3" />
  if (status === 'succeeded') return <Check {...look} className="shrink-0 text-ok" />
  if (status === 'exception') return <TriangleAlert {...look} className="shrink-0 text-warn" />
  return <CircleAlert {...look} className="shrink-0 text-bad" />
}
