import { z } from 'zod'
import { success, uuid } from '../common/wire.ts'
import { optionalQuery, responseMode, runInput, simpleCompletionAnswerSchema } from '../entities/run-request.ts'
import { defineRoute } from '../routes/define-route.ts'
import { runErrors } from '../routes/run-errors.ts'
import { simpleCompletionEventSchema } from '../wire-events/message-events.ts'
import { webApp } from './web-app.ts'

export const webCompletionRoutes = {
  sendWebCompletionMessage: defineRoute({
    ...webApp,
    tag: 'Completion',
    method: 'POST',
    path: '/completion-messages',
    summary: 'Generate a text; it comes whole or as an event stream',
    body: z.object({ ...runInput, query: optionalQuery, retriever_from: z.string().nullish() }),
    responses: { 200: simpleCompletionAnswerSchema },
    produces: 'event-stream',
    events: simpleCompletionEventSchema,
    errors: [...runErrors, 'not_completion_app'],
  }),
  stopWebCompletionMessage: defineRoute({
    ...webApp,
    tag: 'Completion',
    method: 'POST',
    path: '/completion-messages/:task_id/stop',
    summary: 'Stop a text that is being written',
    params: z.object({ task_id: z.string() }),
    responses: { 200: success },
    errors: ['not_completion_app'],
  }),
  generateMoreLikeThis: defineRoute({
    ...webApp,
    tag: 'Completion',
    method: 'GET',
    path: '/messages/:message_id/more-like-this',
    summary: 'Generate another text from the inputs of a message',
    params: z.object({ message_id: uuid }),
    query: z.object({ response_mode: responseMode }),
    responses: { 200: simpleCompletionAnswerSchema },
    produces: 'event-stream',
    events: simpleCompletionEventSchema,
    errors: [...runErrors, 'not_completion_app', 'app_more_like_this_disabled', 'not_found'],
  }),
}
