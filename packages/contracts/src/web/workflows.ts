import { z } from 'zod'
import { queryBoolean, success, uuid } from '../common/wire.ts'
import { runInput } from '../entities/run-request.ts'
import { defineRoute } from '../routes/define-route.ts'
import { runErrors } from '../routes/run-errors.ts'
import { workflowEventSchema } from '../wire-events/workflow-events.ts'
import { webApp } from './web-app.ts'

const { inputs, files } = runInput

export const webWorkflowRoutes = {
  runWebWorkflow: defineRoute({
    ...webApp,
    tag: 'Workflows',
    method: 'POST',
    path: '/workflows/run',
    summary: 'Run the published workflow; always an event stream',
    body: z.object({ inputs, files }),
    responses: { 200: null },
    produces: 'event-stream',
    events: workflowEventSchema,
    errors: [...runErrors, 'not_workflow_app'],
  }),
  stopWebWorkflow: defineRoute({
    ...webApp,
    tag: 'Workflows',
    method: 'POST',
    path: '/workflows/tasks/:task_id/stop',
    summary: 'Stop one’s run; unknown tasks are answered alike',
    params: z.object({ task_id: z.string() }),
    responses: { 200: success },
    errors: ['not_workflow_app'],
  }),
  resumeWebWorkflowEvents: defineRoute({
    ...webApp,
    tag: 'Workflows',
    method: 'GET',
    path: '/workflow/:run_id/events',
    summary: 'Follow one’s run, from now on, with what has happened before, or from the frame after Last-Event-ID',
    params: z.object({ run_id: uuid }),
    query: z.object({ include_state_snapshot: queryBoolean.optional(), continue_on_pause: queryBoolean.optional() }),
    responses: { 200: null },
    produces: 'event-stream',
    events: workflowEventSchema,
    errors: ['not_workflow_app', 'not_found'],
  }),
}
