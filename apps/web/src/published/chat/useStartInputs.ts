import { useMemo, useState } from 'react'
import { type InputValues, missingInputs, toInputs } from '../../features/app/user-input-form.ts'
import type { FieldAim } from '../../features/chat/InputFields.tsx'
import { firstValues, type InputForm, readInputForm } from '../input-form.ts'
import { usePublishedApp } from '../published-app.ts'

export interface StartInputs {
  readonly form: InputForm
  readonly values: InputValues
  readonly setValues: (values: InputValues) => void
  readonly missing: readonly string[]
  /** The first of these, at each attempt anew. */
  readonly goTo: FieldAim | null
  readonly startedWith: Readonly<Record<string, unknown>> | undefined
  /** The inputs to send with a message; null where something is missing, which the form then shows and goes to. */
  readonly collect: () => Record<string, unknown> | null
}

/** The form of a conversation: filled in once, then sent along unchanged. */
export function useStartInputs(startedWith: Readonly<Record<string, unknown>> | undefined): StartInputs {
  const { parameters } = usePublishedApp()
  const form = useMemo(() => readInputForm(parameters), [parameters])
  const [values, setValues] = useState(() => firstValues(form))
  const [isChecked, setChecked] = useState(false)
  const [goTo, setGoTo] = useState<FieldAim | null>(null)
  const missing = missingInputs(form.shown, values)
  const collect = () => {
    if (startedWith) return { ...startedWith }
    const [first] = missing
    setChecked(first !== undefined)
    if (first === undefined) return toInputs(form.all, values)
    setGoTo({ variable: first })
    return null
  }
  return { form, values, setValues, missing: isChecked ? missing : [], goTo, startedWith, collect }
}
