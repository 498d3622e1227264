import { useQuery } from '@tanstack/react-query'
import { CircleHelp, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { ParameterRule } from '../../api/types/models.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, ErrorState, IconButton, Select, Skeleton, Switch, TextArea, TextField, Tooltip } from '../../design/index.ts'
import { useLocalizedText } from '../../i18n/useLocalizedText.ts'
import { parameterRulesQuery } from './queries.ts'

type Params = Readonly<Record<string, unknown>>

export interface ParameterFormProps {
  readonly provider: string
  readonly model: string
  readonly params: Params
  readonly onChange: (params: Params) => void
  readonly isReadOnly: boolean
}

/** One row a rule of the model's; only what is switched on is sent, the rest is the provider's default. */
export function ParameterForm({ provider, model, params, onChange, isReadOnly }: ParameterFormProps) {
  const { t } = useTranslation('orchestrate')
  const errorText = useErrorText()
  const rules = useQuery(parameterRulesQuery(useApi(), provider, model))
  const set = (name: string, value: unknown) => {
    const { [name]: _, ...others } = params
    onChange(value === undefined ? others : { ...others, [name]: value })
  }
  if (rules.isPending) return <Skeleton className="h-40" />
  if (rules.isError)
    return <ErrorState title={t('model.rulesFailed')} message={errorText(rules.error)} onRetry={() => void rules.refetch()} />
  return (
    <fieldset disabled={isReadOnly} className="flex flex-col gap-3.5">
      {rules.data.length === 0 && <p className="text-ink-3">{t('model.noParameters')}</p>}
      {rules.data
        .filter((rule) => rule.name !== 'stop')
        .map((rule) => (
          <ParameterRow key={rule.name} rule={rule} value={params[rule.name]} onChange={(value) => set(rule.name, value)} />
        ))}
      <StopSequences value={params['stop']} onChange={(value) => set('stop', value)} />
    </fieldset>
  )
}

interface ParameterRowProps {
  readonly rule: ParameterRule
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

function initialValue(rule: ParameterRule): unknown {
  if (rule.default !== undefined && rule.default !== null) return rule.default
  if (rule.type === 'boolean') return false
  if (rule.type === 'string' || rule.type === 'text') return rule.options[0] ?? ''
  return rule.min ?? 0
}

function ParameterRow({ rule, value, onChange }: ParameterRowProps) {
  const text = useLocalizedText()
  const label = text(rule.label, rule.name)
  const isOn = value !== undefined
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-1.5">
        <span className="text-s font-medium text-ink-2">{label}</span>
        {rule.help && (
          <Tooltip content={text(rule.help)}>
            <button type="button" aria-label={text(rule.help)} className="rounded-full text-ink-3">
              <CircleHelp size={13} aria-hidden />
            </button>
          </Tooltip>
        )}
        <span className="flex-1" />
        {!rule.required && (
          <Switch label={label} isLabelHidden checked={isOn} onCheckedChange={(next) => onChange(next ? initialValue(rule) : undefined)} />
        )}
      </div>
      {(isOn || rule.required) && <ParameterControl rule={rule} label={label} value={value ?? initialValue(rule)} onChange={onChange} />}
    </div>
  )
}

function ParameterControl({ rule, label, value, onChange }: ParameterRowProps & { readonly label: string }) {
  const { t } = useTranslation('common')
  switch (rule.type) {
    case 'boolean':
      return (
        <Select
          size="s"
          aria-label={label}
          options={[
            { value: 'true', label: t('on') },
            { value: 'false', label: t('off') },
          ]}
          value={value === true ? 'true' : 'false'}
          onValueChange={(next) => onChange(next === 'true')}
        />
      )
    case 'string':
    case 'text':
      if (rule.options.length > 0) {
        return (
          <Select
            size="s"
            aria-label={label}
            options={rule.options.map((option) => ({ value: option, label: option }))}
            value={String(value)}
            onValueChange={onChange}
          />
        )
      }
      return <TextArea aria-label={label} rows={2} value={String(value)} onValueChange={onChange} />
    case 'int':
    case 'float':
      return <NumberControl rule={rule} label={label} value={Number(value)} onChange={onChange} />
  }
}

/** The widest range that a slider is of use for; above it only the number field is shown. */
const MAX_SLIDER_STEPS = 10_000

function NumberControl({
  rule,
  label,
  value,
  onChange,
}: {
  rule: ParameterRule
  label: string
  value: number
  onChange: (value: number) => void
}) {
  const min = rule.min ?? undefined
  const max = rule.max ?? undefined
  const step = rule.type === 'int' ? 1 : 10 ** -(rule.precision ?? 2)
  const hasSlider = min !== undefined && max !== undefined && (max - min) / step <= MAX_SLIDER_STEPS
  const clamp = (next: number) => Math.min(max ?? next, Math.max(min ?? next, rule.type === 'int' ? Math.round(next) : next))
  return (
    <div className="flex items-center gap-3">
      {hasSlider && (
        <input
          type="range"
          aria-label={label}
          min={min}
          max={max}
          step={step}
          value={value}
          onChange={(event) => onChange(event.target.valueAsNumber)}
          className="h-4 min-w-0 flex-1 accent-accent"
        />
      )}
      <TextField
        type="number"
        aria-label={label}
        isMono
        min={min}
        max={max}
        step={step}
        className={hasSlider ? 'w-20' : 'flex-1'}
        value={Number.isFinite(value) ? String(value) : ''}
        onValueChange={(text) => text !== '' && Number.isFinite(Number(text)) && onChange(clamp(Number(text)))}
      />
    </div>
  )
}

/** At most this many are accepted (workflow 1.8). */
const MAX_STOPS = 4

function StopSequences({
  value,
  onChange,
}: {
  readonly value: unknown
  readonly onChange: (value: readonly string[] | undefined) => void
}) {
  const { t } = useTranslation('orchestrate')
  const [text, setText] = useState('')
  const stops = Array.isArray(value) ? value.map(String) : []
  const add = () => {
    if (text === '' || stops.includes(text)) return
    onChange([...stops, text])
    setText('')
  }
  const remove = (stop: string) => {
    const rest = stops.filter((other) => other !== stop)
    onChange(rest.length === 0 ? undefined : rest)
  }
  return (
    <div className="flex flex-col gap-1.5 border-t border-line pt-3">
      <span className="text-s font-medium text-ink-2">{t('model.stop')}</span>
      {stops.map((stop) => (
        <div key={stop} className="flex items-center gap-1">
          <code className="min-w-0 flex-1 truncate rounded-sm bg-surface-2 px-2 py-1 font-mono text-s">{JSON.stringify(stop)}</code>
          <IconButton size="s" label={t('model.removeStop', { text: stop })} onClick={() => remove(stop)}>
            <X size={13} aria-hidden />
          </IconButton>
        </div>
      ))}
      {stops.length < MAX_STOPS && (
        <div className="flex gap-1.5">
          <TextField
            className="flex-1"
            isMono
            aria-label={t('model.stop')}
            placeholder={t('model.stopPlaceholder')}
            value={text}
            onValueChange={setText}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              add()
            }}
          />
          <Button icon={<Plus size={14} aria-hidden />} onClick={add} disabled={text === ''}>
            {t('add', { ns: 'common' })}
          </Button>
        </div>
      )}
    </div>
  )
}
