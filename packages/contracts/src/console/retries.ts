import { z } from 'zod'
import { jsonObject, orNull, uuid } from '../common/wire.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { runErrors } from '../routes/run-errors.ts'
import { chatEventSchema } from '../wire-events/message-events.ts'
import { workflowEventSchema } from '../wire-events/workflow-events.ts'

const retries = {
  surface: 'console',
  path: '/apps/:app_id/workflow-runs/:run_id/retry',
  tag: 'Workflow runs',
  auth: editing,
  params: z.object({ app_id: uuid, run_id: uuid }),
} as const

/** The node from which a run would be tried again, and what it read. */
const failedNodeSchema = z.object({
  /** Null where the run was stopped or cut off, so that no node failed: there is nothing to change then. */
  node: orNull(z.object({ id: z.string(), type: z.string(), title: z.string() })),
  inputs: z.array(
    z.object({
      /** As the retry takes it: `#node.variable#`. */
      name: z.string(),
      /** What the node, or the form, calls it. */
      label: z.string(),
      /** A type of variables: `string`, `number`, `array[file]`. */
      value_type: z.string(),
      /** Null where it had none. */
      value: z.unknown(),
    }),
  ),
})
export type FailedNode = z.output<typeof failedNodeSchema>

export const consoleRetryRoutes = {
  getFailedNode: defineRoute({
    ...retries,
    method: 'GET',
    summary: 'Get the node from which a run that failed can be tried again, with what it read',
    responses: { 200: failedNodeSchema },
    errors: ['app_not_found', 'invalid_param', 'not_found'],
  }),
  retryWorkflowRun: defineRoute({
    ...retries,
    method: 'POST',
    summary: 'Try a run that failed again from the node that failed, with other inputs for it if given; always an event stream',
    body: z.object({
      /** What the node that failed shall read, by its own names or as `#node.variable#`. */
      inputs: jsonObject.nullish().transform((given) => given ?? {}),
    }),
    responses: { 200: null },
    produces: 'event-stream',
    events: z.union([workflowEventSchema, chatEventSchema]),
    errors: [...runErrors, 'app_not_found', 'not_found'],
  }),
}
