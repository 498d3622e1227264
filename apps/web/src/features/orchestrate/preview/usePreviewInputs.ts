import { useMemo, useState } from 'react'
import { type InputValues, initialValues, missingInputs, parseUserInputForm, toInputs, type Variable } from '../../app/user-input-form.ts'
import type { FieldAim } from '../../chat/InputFields.tsx'
import { useConfig } from '../useConfig.ts'

export interface PreviewInputs {
  readonly variables: readonly Variable[]
  readonly values: InputValues
  readonly setValues: (values: InputValues) => void
  /** Required ones that were empty at the last attempt. */
  readonly missing: readonly string[]
  /** The first of these, at each attempt anew. */
  readonly goTo: FieldAim | null
  /** The inputs as the API takes them, or nothing where one is missing, which is then marked and gone to. */
  readonly collect: () => Record<string, string | number | boolean> | null
}

/** What is entered into the form beside the editor; it survives changes of the form as far as names stay. */
export function usePreviewInputs(): PreviewInputs {
  const { config } = useConfig()
  const variables = useMemo(() => parseUserInputForm(config.user_input_form), [config.user_input_form])
  const [entered, setEntered] = useState<InputValues>({})
  const [isTried, setTried] = useState(false)
  const [goTo, setGoTo] = useState<FieldAim | null>(null)
  const values = useMemo(() => ({ ...initialValues(variables), ...entered }), [variables, entered])
  return {
    variables,
    values,
    setValues: setEntered,
    missing: isTried ? missingInputs(variables, values) : [],
    goTo,
    collect: () => {
      const [first] = missingInputs(variables, values)
      setTried(true)
      if (first === undefined) return toInputs(variables, values)
      setGoTo({ variable: first })
      return null
    },
  }
}
