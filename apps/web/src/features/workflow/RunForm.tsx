import { Play, Square } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design/index.ts'
import type { FormVariable } from '../app/user-input-form.ts'
import { InputFields } from '../form/InputFields.tsx'
import { useForm } from '../form/useForm.ts'

export interface RunFormProps {
  readonly variables: readonly FormVariable[]
  readonly isRunning: boolean
  readonly onRun: (inputs: Record<string, unknown>) => void
  readonly onStop: () => void
  /** What a person is told of a failed upload. */
  readonly textOf: (error: unknown) => string
}

/** The form of a workflow's start node, and the button that runs it. Hidden fields keep their defaults. */
export function RunForm({ variables, isRunning, onRun, onStop, textOf }: RunFormProps) {
  const { t } = useTranslation('workflow')
  const form = useForm(variables)
  const run = () => {
    if (isRunning) return
    const inputs = form.collect()
    if (inputs !== null) onRun(inputs)
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      {form.shown.length > 0 ? (
        <InputFields
          variables={form.shown}
          values={form.values}
          onChange={form.change}
          faults={form.faults}
          goTo={form.goTo}
          textOf={textOf}
        />
      ) : (
        <p className="text-ink-2">{t('noInputs')}</p>
      )}
      {isRunning ? (
        <Button key="stop" size="l" icon={<Square size={12} fill="currentColor" aria-hidden />} onClick={onStop}>
          {t('stop')}
        </Button>
      ) : (
        <Button key="run" type="submit" size="l" variant="primary" icon={<Play size={14} aria-hidden />}>
          {t('run')}
        </Button>
      )}
    </form>
  )
}
