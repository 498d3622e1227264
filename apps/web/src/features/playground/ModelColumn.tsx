import { SlidersHorizontal, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../api/useErrorText.ts'
import { IconButton, Notice, Popover } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { Markdown } from '../chat/Markdown.tsx'
import { Reasoning } from '../chat/Reasoning.tsx'
import { ModelPicker } from '../models/ModelPicker.tsx'
import { ParameterForm } from '../models/ParameterForm.tsx'
import type { Trial, TrialEnd } from './useTrials.ts'

export interface ColumnChoice {
  readonly provider: string
  readonly model: string
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface ModelColumnProps {
  readonly number: number
  readonly choice: ColumnChoice | undefined
  readonly onChange: (choice: ColumnChoice) => void
  readonly trial: Trial | undefined
  /** Undefined: it is the last one. */
  readonly onRemove: (() => void) | undefined
}

export function ModelColumn({ number, choice, onChange, trial, onRemove }: ModelColumnProps) {
  const { t } = useTranslation('playground')
  const label = t('model', { number })
  return (
    <section aria-label={label} className="flex min-h-60 min-w-0 flex-col">
      <div className="flex gap-1.5 border-b border-line px-4 py-2.5">
        <ModelPicker
          type="llm"
          label={label}
          provider={choice?.provider ?? ''}
          model={choice?.model ?? ''}
          onChoose={(option) => onChange({ provider: option.provider.provider, model: option.model.model, parameters: {} })}
          className="flex-1"
        />
        {choice && (
          <Popover
            align="end"
            className="w-90 p-4"
            trigger={
              <IconButton label={t('parameters', { number })} isTooltipHidden>
                <SlidersHorizontal size={14} aria-hidden />
              </IconButton>
            }
          >
            <ParameterForm
              provider={choice.provider}
              model={choice.model}
              params={choice.parameters}
              isReadOnly={false}
              onChange={(parameters) => onChange({ ...choice, parameters })}
            />
          </Popover>
        )}
        {onRemove && (
          <IconButton label={t('remove', { number })} onClick={onRemove}>
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3.5" aria-live="polite" aria-busy={trial?.state === 'running'}>
        <Answer trial={trial} />
      </div>
      {trial?.end && <Figures end={trial.end} />}
    </section>
  )
}

function Answer({ trial }: { readonly trial: Trial | undefined }) {
  const { t } = useTranslation('playground')
  const errorText = useErrorText()
  if (!trial) return <p className="text-ink-3">{t('empty')}</p>
  const { state, text, reasoning, error } = trial
  return (
    <>
      {reasoning !== '' && <Reasoning text={reasoning} isThinking={state === 'running' && text === ''} />}
      {text !== '' && <Markdown text={text} />}
      {state === 'running' && text === '' && reasoning === '' && <p className="animate-pulse text-ink-3">{t('waiting')}</p>}
      {state === 'stopped' && <p className="mt-2 text-s text-ink-3">{t('stopped')}</p>}
      {state === 'failed' && (
        <Notice tone="bad" className="mt-2">
          {errorText(error)}
        </Notice>
      )}
    </>
  )
}

/** Tokens, cost and times, in a row of figures. */
function Figures({ end }: { readonly end: TrialEnd }) {
  const { t } = useTranslation('playground')
  const format = useFormat()
  const writingSeconds = end.seconds - (end.first_token_seconds ?? 0)
  const figures = [
    { key: 'promptTokens', value: format.number(end.prompt_tokens) },
    { key: 'completionTokens', value: format.number(end.completion_tokens) },
    { key: 'cost', value: end.total_price === null ? t('unknownPrice') : format.price(end.total_price, end.currency) },
    { key: 'firstToken', value: end.first_token_seconds === null ? '–' : format.duration(end.first_token_seconds) },
    { key: 'total', value: format.duration(end.seconds) },
    { key: 'rate', value: writingSeconds > 0 ? format.number(end.completion_tokens / writingSeconds, { maximumFractionDigits: 0 }) : '–' },
  ] as const
  return (
    <div className="border-t border-line px-4 py-2.5">
      <dl className="grid grid-cols-3 gap-x-4 gap-y-1.5">
        {figures.map(({ key, value }) => (
          <div key={key}>
            <dt className="text-xs text-ink-3">{t(`figures.${key}`)}</dt>
            <dd className="font-mono text-s">{value}</dd>
          </div>
        ))}
      </dl>
      {end.is_estimated && <p className="mt-1.5 text-xs text-ink-3">{t('estimated')}</p>}
      {end.finish_reason !== 'stop' && <p className="mt-1.5 text-xs text-warn">{t(`finish.${end.finish_reason}`)}</p>}
    </div>
  )
}
