import { z } from 'zod'
import { jsonObject, uuid } from '../common/wire.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { runErrors } from '../routes/run-errors.ts'
import { chatEventSchema } from '../wire-events/message-events.ts'
import { workflowEventSchema } from '../wire-events/workflow-events.ts'

export const consoleRetryRoutes = {
  retryWorkflowRun: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/workflow-runs/:run_id/retry',
    summary: 'Try a run that failed again from the node that failed, with other inputs for it if given; always an event stream',
    tag: 'Workflow runs',
    auth: editing,
    params: z.object({ app_id: uuid, run_id: uuid }),
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
