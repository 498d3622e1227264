import { Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FormVariable } from '../app/user-input-form.ts'
import { InputsForm, type InputsFormProps } from '../form/InputsForm.tsx'
import { useForm } from '../form/useForm.ts'

export interface RunFormProps extends Pick<InputsFormProps, 'isRunning' | 'isStopping' | 'onRun' | 'onStop' | 'textOf'> {
  readonly variables: readonly FormVariable[]
  /** Something else is to be done first: the button steps back. */
  readonly isQuiet?: boolean
}

/** The form of a workflow's start node, and the button that runs it. Hidden fields keep their defaults. */
export function RunForm({ variables, isQuiet = false, ...ports }: RunFormProps) {
  const { t } = useTranslation('workflow')
  return (
    <InputsForm
      {...ports}
      form={useForm(variables)}
      run={{ label: t('run'), icon: <Play size={14} aria-hidden />, isQuiet }}
      stopLabel={t(ports.isStopping ? 'stopping' : 'stop')}
      empty={<p className="text-ink-2">{t('noInputs')}</p>}
    />
  )
}
