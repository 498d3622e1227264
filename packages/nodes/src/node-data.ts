import type { Value } from '@trellis/values'
import { parseTemplate, type Selector, selectorsOf } from '@trellis/variables'
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

/** The selectors of templates, named as Dify names them: `#node.name#`. */
export function inputsOfTemplates(...templates: readonly string[]): Readonly<Record<string, Selector>> {
  const selectors = templates.flatMap((text) => selectorsOf(parseTemplate(text)))
  return Object.fromEntries(selectors.map((selector) => [`#${selector.join('.')}#`, selector]))
}
