import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card, Chip, Notice } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { Markdown } from '../chat/Markdown.tsx'
import { type AnswerForm, WaitingForms } from '../human-input/WaitingForms.tsx'
import { OutputList } from './OutputList.tsx'
import { type RunProgress, waitsForReader } from './run-progress.ts'
import { StepList } from './StepList.tsx'
import { statusTones } from './status-tones.ts'

export interface RunViewProps {
  readonly run: RunProgress
  /** Answers a form that the run waits for. */
  readonly onAnswer: AnswerForm
  readonly textOf: (error: unknown) => string
  /** Stands at the end of the line that says how the run is. */
  readonly actions?: ReactNode
}

/** A run as it goes: its steps, what it has written so far, and what came of it. */
export function RunView({ run, onAnswer, textOf, actions }: RunViewProps) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  const outputs = run.outputs ?? {}
  const hasOutputs = Object.keys(outputs).length > 0
  const figures = [
    ...(run.seconds === undefined ? [] : [format.duration(run.seconds)]),
    ...(run.tokens > 0 ? [t('tokens', { ns: 'chat', count: run.tokens, text: format.number(run.tokens) })] : []),
  ]
  return (
    <div className="flex flex-col gap-4">
      <Card className="px-4 py-3">
        <div className="mb-2 flex min-h-7 items-center justify-between gap-2">
          <div className="flex items-center gap-2" role="status">
            <Chip tone={statusTones[run.status]}>{waitsForReader(run) ? t('waitingForYou') : t(`status.${run.status}`)}</Chip>
            {figures.length > 0 && <span className="font-mono text-s text-ink-3">{figures.join(' · ')}</span>}
          </div>
          {actions}
        </div>
        <StepList run={run} />
      </Card>
      {run.error !== null && <Notice tone={run.status === 'stopped' ? 'warn' : 'bad'}>{run.error}</Notice>}
      <WaitingForms run={run} onAnswer={onAnswer} textOf={textOf} />
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
