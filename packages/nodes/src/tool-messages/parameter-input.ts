import type { Value } from '@trellis/values'
import type { Selector } from '@trellis/variables'
import { z } from 'zod'
import { inputsOfTemplates, valueSchema } from '../node-data.ts'

/** How a tool's or an agent's parameter gets its value: a variable, a template, or a constant. */
const parameterInput = z.looseObject({ type: z.enum(['mixed', 'variable', 'constant']), value: valueSchema })
export type ParameterInput = z.infer<typeof parameterInput>
export type ParameterInputs = Readonly<Record<string, ParameterInput>>

/** By name. What has no value, or is not of that shape, is left out, as Dify does. */
export const parameterInputsSchema: z.ZodType<ParameterInputs> = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((given) => {
    const inputs: Record<string, ParameterInput> = {}
    for (const [name, value] of Object.entries(given ?? {})) {
      const input = toParameterInput(value)
      if (input) inputs[name] = input
    }
    return inputs
  })

export function toParameterInput(value: unknown): ParameterInput | undefined {
  const parsed = parameterInput.safeParse(value)
  return parsed.success && parsed.data.value !== null ? parsed.data : undefined
}

/** The variable that an input names. */
export const selectorOf = ({ value }: ParameterInput): Selector =>
  Array.isArray(value) ? value.filter((part: Value): part is string => typeof part === 'string') : []

/** What a single run must be given. */
export function inputsOfParameters(inputs: ParameterInputs): Readonly<Record<string, Selector>> {
  const all = Object.values(inputs)
  const texts = all.flatMap(({ type, value }) => (type !== 'variable' && typeof value === 'string' ? [value] : []))
  const selectors = all.filter(({ type }) => type === 'variable').map(selectorOf)
  return { ...inputsOfTemplates(...texts), ...Object.fromEntries(selectors.map((selector) => [`#${selector.join('.')}#`, selector])) }
}
