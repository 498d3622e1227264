import { isList, str, type Value } from '@trellis/values'
import type { FormInput } from './config.ts'

/** The form with what was answered in the places of its inputs; files are only named as such. */
export function fillForm(formContent: string, inputs: readonly FormInput[], values: Readonly<Record<string, Value>>): string {
  return inputs.reduce(
    (content, input) =>
      content.replaceAll(`{{#$output.${input.output_variable_name}#}}`, () => textOf(input, values[input.output_variable_name] ?? null)),
    formContent,
  )
}

function textOf(input: FormInput, value: Value): string {
  if (value === null) return ''
  if (input.type === 'file') return '[file]'
  if (input.type === 'file-list') return `[${isList(value) ? value.length : 0} files]`
  return str(value)
}
