import { useMemo, useState } from 'react'
import { type InputValues, missingInputs, toInputs } from '../../features/app/user-input-form.ts'
import { firstValues, type InputForm, readInputForm } from '../input-form.ts'
import { usePublishedApp } from '../published-app.ts'

export interface StartInputs {
  readonly form: InputForm
  readonly values: InputValues
  readonly setValues: (values: InputValues) => void
  readonly missing: readonly string[]
  readonly startedWith: Readonly<Record<string, unknown>> | undefined
  /** The inputs to send with a message; null where something is missing, which the form then shows. */
  readonly collect: () => Record<string, unknown> | null
}

/** The form of a conversation: filled in once, then sent along unchanged. */
export function useStartInputs(startedWith: Readonly<Record<string, unknown>> | undefined): StartInputs {
  const { parameters } = usePublishedApp()
  const form = useMemo(() => readInputForm(parameters), [parameters])
  const [values, setValues] = useState(() => firstValues(form))
  const [isChecked, setChecked] = useState(false)
  const missing = missingInputs(form.shown, values)
  const collect = () => {
    if (startedWith) return { ...startedWith }
    setChecked(missing.length > 0)
    return missing.length > 0 ? null : toInputs(form.all, values)
  }
  return { form, values, setValues, missing: isChecked ? missing : [], startedWith, collect }
}
