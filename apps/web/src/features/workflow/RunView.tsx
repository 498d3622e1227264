import { Check, CircleAlert, Square, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Card, Chip, Notice, Spinner } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { Markdown } from '../chat/Markdown.tsx'
import { OutputList } from './OutputList.tsx'
import type { RunProgress, Step } from './run-progress.ts'
import { statusTones } from './status-tones.ts'

/** A run as it goes: its steps, what it has written so far, and what came of it. */
export function RunView({ run }: { readonly run: RunProgress }) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  const outputs = run.outputs ?? {}
  const hasOutputs = Object.keys(outputs).length > 0
  return (
    <div className="flex flex-col gap-4">
      <Card className="px-4 py-3">
        <div className="mb-2 flex items-center gap-2" role="status">
          <Chip tone={statusTones[run.status]}>{t(`status.${run.status}`)}</Chip>
          {run.seconds !== undefined && <span className="font-mono text-s text-ink-3">{format.duration(run.seconds)}</span>}
          {run.tokens > 0 && <span className="text-s text-ink-3">{t('tokenCount', { count: run.tokens })}</span>}
        </div>
        <ol aria-label={t('steps')} className="flex flex-col">
          {run.steps.map((step) => (
            <StepRow key={step.id} step={step} isOver={run.status !== 'running'} />
          ))}
        </ol>
      </Card>
      {run.error !== null && <Notice tone={run.status === 'stopped' ? 'warn' : 'bad'}>{run.error}</Notice>}
      {run.status === 'paused' && <Notice tone="info">{t('pausedHint')}</Notice>}
      {(run.text !== '' || hasOutputs) && (
        <section aria-label={t('result')}>
          {hasOutputs ? (
            <OutputList values={outputs} />
          ) : (
            <Card className="px-4.5 py-4 text-[15px] leading-[1.65]">
              <Markdown text={run.text} />
            </Card>
          )}
        </section>
      )}
      {run.status === 'succeeded' && !hasOutputs && run.text === '' && <p className="text-ink-3">{t('noOutputs')}</p>}
    </div>
  )
}

function StepRow({ step, isOver }: { readonly step: Step; readonly isOver: boolean }) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  return (
    <li className="flex min-w-0 flex-col border-t border-line py-1.5 first:border-t-0">
      <div className="flex min-w-0 items-center gap-2">
        <StepMark step={step} isOver={isOver} />
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

function StepMark({ step, isOver }: { readonly step: Step; readonly isOver: boolean }) {
  const { t } = useTranslation('workflow')
  const look = { size: 14, role: 'img', 'aria-label': t(`status.${step.status}`) } as const
  if (step.status === 'running' && !isOver) return <Spinner />
  if (step.status === 'running' || step.status === 'stopped') return <Square {...look} className="shrink-0 text-ink-3" />
  if (step.status === 'succeeded') return <Check {...look} className="shrink-0 text-ok" />
  if (step.status === 'exception') return <TriangleAlert {...look} className="shrink-0 text-warn" />
  return <CircleAlert {...look} className="shrink-0 text-bad" />
}
