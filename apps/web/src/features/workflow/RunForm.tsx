import { Play, Square } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design/index.ts'
import { type InputValues, initialValues, missingInputs, toInputs, type Variable } from '../app/user-input-form.ts'
import { type FieldAim, InputFields } from '../chat/InputFields.tsx'

export interface RunFormProps {
  readonly variables: readonly Variable[]
  readonly isRunning: boolean
  readonly onRun: (inputs: Record<string, unknown>) => void
  readonly onStop: () => void
}

/** The form of a workflow's start node, and the button that runs it. Hidden fields keep their defaults. */
export function RunForm({ variables, isRunning, onRun, onStop }: RunFormProps) {
  const { t } = useTranslation('workflow')
  const shown = variables.filter((variable) => variable.rest['hide'] !== true)
  const [values, setValues] = useState<InputValues>(() => initialValues(variables))
  const [isChecked, setChecked] = useState(false)
  const [goTo, setGoTo] = useState<FieldAim | null>(null)
  const missing = missingInputs(shown, values)
  const run = () => {
    const [first] = missing
    setChecked(first !== undefined)
    if (first !== undefined) setGoTo({ variable: first })
    else if (!isRunning) onRun(toInputs(variables, values))
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
      {shown.length > 0 ? (
        <InputFields variables={shown} values={values} onChange={setValues} missing={isChecked ? missing : []} goTo={goTo} />
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
