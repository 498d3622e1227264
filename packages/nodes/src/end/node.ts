import type { Value } from '@trellis/values'
import type { Template, TemplatePart } from '@trellis/variables'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { selectorSchema } from '../node-data.ts'

const output = z.looseObject({ variable: z.string(), value_selector: selectorSchema })
type Output = z.infer<typeof output>

/** Gives a workflow its outputs; what was not reached is null (workflow spec 2.4). */
export const endNode = defineNode(
  {
    type: 'end',
    executionClass: 'response',
    defaults: () => ({ outputs: [] }),
    config: z.looseObject({ outputs: z.array(output).catch([]) }),
    inputs: ({ outputs }) => Object.fromEntries(outputs.map(({ variable, value_selector }) => [variable, value_selector])),
    template: ({ outputs }) => toTemplate(outputs),
  },
  ({ config, variables }) => {
    const outputs: Record<string, Value> = {}
    for (const { variable, value_selector } of config.outputs) outputs[variable] = variables.get(value_selector)?.value ?? null
    return { status: 'succeeded', inputs: outputs, outputs }
  },
)

/** Readers of a stream see the outputs below each other. */
function toTemplate(outputs: readonly Output[]): Template {
  const shown = outputs.filter(({ value_selector }) => value_selector.length > 0)
  return shown.flatMap(({ value_selector }, index): TemplatePart[] => {
    const part: TemplatePart = { type: 'variable', selector: value_selector, path: value_selector.join('.') }
    return index === 0 ? [part] : [{ type: 'text', text: '\n' }, part]
  })
}
