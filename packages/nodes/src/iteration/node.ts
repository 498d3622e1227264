import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { selectorSchema } from '../node-data.ts'
import { IterationRounds } from './rounds.ts'

/** Does a graph of its own for each item of a list (workflow spec 2.15). */
export const iterationNode = defineNode(
  {
    type: 'iteration',
    executionClass: 'container',
    defaults: () => ({
      start_node_id: '',
      iterator_selector: [],
      output_selector: [],
      is_parallel: false,
      parallel_nums: 10,
      error_handle_mode: 'terminated',
      flatten_output: true,
    }),
    config: z
      .looseObject({
        iterator_selector: selectorSchema,
        output_selector: selectorSchema,
        start_node_id: z.string().catch(''),
        is_parallel: z.boolean().catch(false),
        parallel_nums: z.number().int().min(1).catch(10),
        error_handle_mode: z.enum(['terminated', 'continue-on-error', 'remove-abnormal-output']).catch('terminated'),
        flatten_output: z.boolean().catch(true),
      })
      .transform((data) => ({
        iterator: data.iterator_selector,
        result: data.output_selector,
        startNodeId: data.start_node_id,
        concurrency: data.is_parallel ? data.parallel_nums : 1,
        onError: data.error_handle_mode,
        isFlattened: data.flatten_output,
      })),
    inputs: ({ iterator }) => ({ input_selector: iterator }),
    container: (config) => new IterationRounds(config),
  },
  () => {
    throw new Error('An iteration is carried out in rounds.')
  },
)
