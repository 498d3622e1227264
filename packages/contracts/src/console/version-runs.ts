import { z } from 'zod'
import { uuid } from '../common/wire.ts'
import { continuedConversation, optionalQuery, parentMessage, runInput } from '../entities/run-request.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { runErrors } from '../routes/run-errors.ts'
import { chatEventSchema } from '../wire-events/message-events.ts'
import { workflowEventSchema } from '../wire-events/workflow-events.ts'

const { inputs, files } = runInput
const trial = {
  surface: 'console',
  method: 'POST',
  tag: 'Workflow runs',
  auth: editing,
  params: z.object({ app_id: uuid, workflow_id: z.string() }),
  responses: { 200: null },
  produces: 'event-stream',
  errors: [...runErrors, 'app_not_found', 'bad_request', 'not_found'],
} as const

/** Trial runs of what was published, whichever version it is. */
export const consoleVersionRunRoutes = {
  tryWorkflowVersion: defineRoute({
    ...trial,
    path: '/apps/:app_id/workflows/:workflow_id/run',
    summary: 'Try a published version of a workflow; always an event stream',
    body: z.object({ inputs, files }),
    events: workflowEventSchema,
  }),
  tryChatflowVersion: defineRoute({
    ...trial,
    path: '/apps/:app_id/advanced-chat/workflows/:workflow_id/run',
    summary: 'Try a published version of a chatflow with a message; always an event stream',
    body: z.object({ inputs, query: optionalQuery, files, conversation_id: continuedConversation, parent_message_id: parentMessage }),
    events: chatEventSchema,
    errors: [...trial.errors, 'conversation_completed'],
  }),
}
