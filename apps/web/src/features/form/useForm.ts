import { useMemo, useState } from 'react'
import type { FormVariable } from '../app/user-input-form.ts'
import { type FieldFault, findFaults, type InputValues, initialValues, toInputs } from './form-values.ts'

/** A change of values, made on those that stand there by then: uploads end whenever they end. */
export type ChangeValues = (change: (values: InputValues) => InputValues) => void

/** A field that somebody shall look at now. */
export interface FieldAim {
  readonly variable: string
}

export interface FormState {
  /** The fields that are shown. */
  readonly shown: readonly FormVariable[]
  readonly values: InputValues
  readonly change: ChangeValues
  /** What was found wrong at the last attempt and still is. */
  readonly faults: readonly FieldFault[]
  /** The first of these, at each attempt anew. */
  readonly goTo: FieldAim | null
  /** The inputs to send; null where something is wrong, which the form then shows and goes to. */
  readonly collect: () => Record<string, unknown> | null
  /** Goes to the first field that has to be filled in, and blames nothing yet; false where there is none. */
  readonly goToMissing: () => boolean
  readonly clear: () => void
}

/** What is entered into a form; it survives changes of the form as far as names stay. Hidden fields keep their defaults. */
export function useForm(variables: readonly FormVariable[]): FormState {
  const shown = variables.filter((variable) => variable.rest['hide'] !== true)
  const [entered, setEntered] = useState<InputValues>({})
  const [isChecked, setChecked] = useState(false)
  const [goTo, setGoTo] = useState<FieldAim | null>(null)
  const initial = useMemo(() => initialValues(variables), [variables])
  const values = useMemo(() => ({ ...initial, ...entered }), [initial, entered])
  const faults = findFaults(shown, values)
  return {
    shown,
    values,
    change: (change) => setEntered((now) => change({ ...initial, ...now })),
    faults: isChecked ? faults : [],
    goTo,
    collect: () => {
      const [first] = faults
      setChecked(first !== undefined)
      if (first === undefined) return toInputs(variables, values)
      setGoTo({ variable: first.variable })
      return null
    },
    goToMissing: () => {
      const [first] = faults
      if (first) setGoTo({ variable: first.variable })
      return first !== undefined
    },
    clear: () => {
      setEntered({})
      setChecked(false)
    },
  }
}
