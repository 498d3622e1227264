import { z } from 'zod'
import { requiredUser, success } from '../common/wire.ts'
import { completionAnswerSchema, optionalQuery, runInput } from '../entities/run-request.ts'
import { defineRoute } from '../routes/define-route.ts'
import { runErrors } from '../routes/run-errors.ts'
import { spokenCompletionEventSchema } from '../wire-events/message-events.ts'

export const serviceCompletionRoutes = {
  sendCompletionMessage: defineRoute({
    surface: 'service',
    method: 'POST',
    path: '/completion-messages',
    summary: 'Generate a text; it comes whole or as an event stream',
    tag: 'Completion',
    auth: { type: 'app-key' },
    body: z.object({
      ...runInput,
      query: optionalQuery,
      user: requiredUser,
      retriever_from: z.string().nullish(),
      trace_session_id: z.string().trim().min(1).max(200).nullish(),
    }),
    responses: { 200: completionAnswerSchema },
    produces: 'event-stream',
    events: spokenCompletionEventSchema,
    errors: [...runErrors],
  }),
  stopCompletionMessage: defineRoute({
    surface: 'service',
    method: 'POST',
    path: '/completion-messages/:task_id/stop',
    summary: 'Stop a text that is being written; unknown tasks are answered alike',
    tag: 'Completion',
    auth: { type: 'app-key' },
    params: z.object({ task_id: z.string() }),
    body: z.object({ user: requiredUser }),
    responses: { 200: success },
    errors: ['app_unavailable'],
  }),
}
