import { z } from 'zod'
import { conditionSchema, inputsOfConditions, logicalOperatorSchema } from '../conditions/condition.ts'
import { defineNode } from '../define-node.ts'
import { LoopRounds } from './rounds.ts'
import { loopVariableSchema } from './variables.ts'

/** Far more than the limit of steps lets through, unless there is nothing in the loop: then this is what keeps it from going on for ever. */
const MAX_ROUNDS = 100_000

/** Does a graph of its own again and again (workflow spec 2.16). */
export const loopNode = defineNode(
  {
    type: 'loop',
    executionClass: 'container',
    defaults: () => ({
      start_node_id: '',
      loop_count: 10,
      loop_variables: [],
      break_conditions: [],
      logical_operator: 'and',
      error_handle_mode: 'terminated',
    }),
    config: z
      .looseObject({
        start_node_id: z.string().catch(''),
        loop_count: z.number().int().max(MAX_ROUNDS),
        loop_variables: z
          .array(loopVariableSchema)
          .nullish()
          .transform((variables) => variables ?? []),
        break_conditions: z
          .array(conditionSchema)
          .nullish()
          .transform((conditions) => conditions ?? []),
        logical_operator: logicalOperatorSchema,
      })
      .transform((data) => ({
        startNodeId: data.start_node_id,
        count: data.loop_count,
        variables: data.loop_variables,
        breakConditions: data.break_conditions,
        logicalOperator: data.logical_operator,
      })),
    inputs: ({ variables, breakConditions }) => ({
      ...Object.fromEntries(
        variables.flatMap(({ label, initial }) => (initial.type === 'variable' ? [[label, initial.selector] as const] : [])),
      ),
      ...inputsOfConditions(breakConditions),
    }),
    container: (config) => new LoopRounds(config),
  },
  () => {
    throw new Error('A loop is carried out in rounds.')
  },
)
