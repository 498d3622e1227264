import type { NodeDefinition, NodeType } from '@trellis/spec'
import type { Value } from '@trellis/values'
import type { Selector, Variable, VariableReader } from '@trellis/variables'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { selectorSchema } from '../node-data.ts'

const selectorsSchema = z.array(selectorSchema).catch([])
const groupSchema = z.looseObject({ group_name: z.string(), variables: selectorsSchema })

interface Aggregation {
  readonly selectors: readonly Selector[]
  /** Several results at once, each under its name; none where the node gives one. */
  readonly groups: readonly { readonly name: string; readonly selectors: readonly Selector[] }[] | undefined
}

const config = z
  .looseObject({
    variables: selectorsSchema,
    advanced_settings: z.looseObject({ group_enabled: z.boolean().catch(false), groups: z.array(groupSchema).catch([]) }).nullish(),
  })
  .transform(
    ({ variables, advanced_settings: advanced }): Aggregation => ({
      selectors: variables,
      groups: advanced?.group_enabled
        ? advanced.groups.map(({ group_name, variables: selectors }) => ({ name: group_name, selectors }))
        : undefined,
    }),
  )

/** Gives the first of several variables that exists: what branches that went different ways have in common (workflow spec 2.12). */
const defineAggregator = (type: string, more: Pick<NodeDefinition, 'defaults'> = {}): NodeType<Aggregation> =>
  defineNode(
    {
      type,
      ...more,
      config,
      inputs: ({ selectors, groups }) => {
        const all = groups ? groups.flatMap((group) => group.selectors) : selectors
        return Object.fromEntries(all.map((selector) => [`#${selector.join('.')}#`, selector]))
      },
      toleratesAbsence: true,
    },
    ({ config: { selectors, groups }, variables }) => {
      const inputs: Record<string, Value> = {}
      const outputs: Record<string, Value | Variable> = {}
      if (groups) {
        for (const { name, selectors: candidates } of groups) {
          const found = firstOf(candidates, variables, inputs)
          if (found) outputs[name] = { output: found.value }
        }
      } else {
        const found = firstOf(selectors, variables, inputs)
        if (found) outputs['output'] = found
      }
      return { status: 'succeeded', inputs, outputs }
    },
  )

function firstOf(selectors: readonly Selector[], variables: VariableReader, inputs: Record<string, Value>): Variable | undefined {
  for (const selector of selectors) {
    const variable = variables.get(selector)
    if (!variable) continue
    inputs[selector.slice(1).join('.')] = variable.value
    return variable
  }
  return undefined
}

export const variableAggregatorNode = defineAggregator('variable-aggregator', {
  defaults: () => ({ output_type: 'any', variables: [], advanced_settings: { group_enabled: false, groups: [] } }),
})
/** The name of the same node in older files. */
export const variableAssignerNode = defineAggregator('variable-assigner')
