import { useMemo, useState } from 'react'
import { parseUserInputForm, type Variable } from '../../app/user-input-form.ts'
import { type FieldFault, findFaults, type InputValues, initialValues, toInputs } from '../../form/form-values.ts'
import type { ChangeValues, FieldAim } from '../../form/useForm.ts'
import { useConfig } from '../useConfig.ts'

export interface PreviewInputs {
  readonly variables: readonly Variable[]
  readonly values: InputValues
  readonly change: ChangeValues
  /** What was found wrong at the last attempt and still is. */
  readonly faults: readonly FieldFault[]
  /** The first of these, at each attempt anew. */
  readonly goTo: FieldAim | null
  /** The inputs as the API takes them, or nothing where something is wrong, which is then marked and gone to. */
  readonly collect: () => Record<string, unknown> | null
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
    change: (change) => setEntered((now) => change({ ...initialValues(variables), ...now })),
    faults: isTried ? findFaults(variables, values) : [],
    goTo,
    collect: () => {
      const [first] = findFaults(variables, values)
      setTried(true)
      if (first === undefined) return toInputs(variables, values)
      setGoTo({ variable: first.variable })
      return null
    },
  }
}
