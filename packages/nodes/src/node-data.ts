import type { Value } from '@trellis/values'
import { parseTemplate, type Selector, selectorsOf, type VariableReader } from '@trellis/variables'
import { z } from 'zod'

/** Pieces of nodes' `data`. All of it is read leniently: what older files wrote passes, unknown keys are kept. */

/** A path to a variable; anything else counts as none. */
export const selectorSchema: z.ZodType<Selector> = z.array(z.string()).catch([])

/** Any JSON that a file may hold. */
// Files are read by parseJson and the YAML reader, which make nothing else.
export const valueSchema: z.ZodType<Value> = z.custom<Value>((value) => value !== undefined)

export const textSchema = z
  .string()
  .nullish()
  .transform((text) => text ?? '')

/** Variables under names of the node's own: what code and Jinja templates are given. */
export const namedSelectorsSchema = z
  .array(z.looseObject({ variable: z.string(), value_selector: selectorSchema }))
  .nullish()
  .transform((named) => named ?? [])
export type NamedSelectors = z.infer<typeof namedSelectorsSchema>

export const inputsOfNamed = (named: NamedSelectors): Readonly<Record<string, Selector>> =>
  Object.fromEntries(named.map(({ variable, value_selector }) => [variable, value_selector]))

/** Their values by name: null where there is no such variable. */
export function readNamed(named: NamedSelectors, variables: VariableReader): Record<string, Value> {
  return Object.fromEntries(named.map(({ variable, value_selector }) => [variable, variables.get(value_selector)?.value ?? null]))
}

/** The selectors of templates, named as Dify names them: `#node.name#`. */
export function inputsOfTemplates(...templates: readonly string[]): Readonly<Record<string, Selector>> {
  const selectors = templates.flatMap((text) => selectorsOf(parseTemplate(text)))
  return Object.fromEntries(selectors.map((selector) => [`#${selector.join('.')}#`, selector]))
}
