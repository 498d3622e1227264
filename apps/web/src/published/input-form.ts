import type { AppParameters } from '@trellis/contracts'
import type { FormItem } from '../api/types/apps.ts'
import { type InputValues, initialValues, parseUserInputForm, type Variable } from '../features/app/user-input-form.ts'

/** The variables that a visitor fills in; hidden ones keep their defaults. */
export interface InputForm {
  readonly shown: readonly Variable[]
  readonly all: readonly Variable[]
}

export function readInputForm(parameters: AppParameters): InputForm {
  // The parameters' items have one key each and fields of our console's shape; their other keys are carried along.
  const all = parseUserInputForm(parameters.user_input_form as readonly FormItem[])
  return { all, shown: all.filter((variable) => variable.rest['hide'] !== true) }
}

/** What the form shows at first. A default that is no option any more is none. */
export function firstValues({ all }: InputForm): InputValues {
  const values = Object.entries(initialValues(all)).map(([name, value]) => {
    const variable = all.find((each) => each.variable === name)
    return [name, variable?.type === 'select' && !variable.options.includes(String(value)) ? '' : value]
  })
  return Object.fromEntries(values)
}

export interface InputSummaryItem {
  readonly name: string
  readonly label: string
  readonly value: string | boolean
}

/** What was entered, for reading. */
export function summarizeInputs({ shown }: InputForm, inputs: Readonly<Record<string, unknown>>): InputSummaryItem[] {
  return shown.map(({ variable, label, type }) => {
    const value = inputs[variable]
    if (type === 'checkbox') return { name: variable, label, value: value === true }
    return { name: variable, label, value: value === null || value === undefined ? '' : String(value) }
  })
}
