import type { FormVariable } from '../../features/app/user-input-form.ts'
import { readJsonObject } from '../../features/form/form-values.ts'
import type { PassedIn } from './passed-in.ts'

/** The fields, beginning with what was passed in for them. What a field does not take is passed over. */
export function fillForm(variables: readonly FormVariable[], { inputs }: PassedIn): readonly FormVariable[] {
  return variables.map((variable) => {
    const given = inputs[variable.variable]
    const value = given === undefined ? undefined : readValue(variable, given)
    return value === undefined ? variable : { ...variable, defaultValue: value, isPassedIn: true }
  })
}

function readValue({ type, options, maxLength }: FormVariable, text: string): string | undefined {
  switch (type) {
    case 'text-input':
    case 'paragraph':
      return text.slice(0, maxLength)
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? text.trim() : undefined
    case 'select':
      return options.includes(text) ? text : undefined
    case 'checkbox':
      return readTick(text)
    case 'json_object':
      return readJsonObject(text) && text
    case 'file':
    case 'file-list':
      return undefined
  }
}

function readTick(text: string): string | undefined {
  if (/^(true|1|yes|on)$/iu.test(text)) return 'true'
  return /^(false|0|no|off)$/iu.test(text) ? 'false' : undefined
}
