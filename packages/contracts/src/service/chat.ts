import { z } from 'zod'
import { requiredUser, success, uuid } from '../common/wire.ts'
import { chatAnswerSchema, continuedConversation, pausedChatAnswerSchema, requiredQuery, runInput } from '../entities/run-request.ts'
import { defineRoute } from '../routes/define-route.ts'
import { runErrors } from '../routes/run-errors.ts'
import { messageEventSchema, spokenChatEventSchema } from '../wire-events/message-events.ts'

const traceSession = z.string().trim().min(1).max(200).nullish()

export const serviceChatRoutes = {
  sendChatMessage: defineRoute({
    surface: 'service',
    method: 'POST',
    path: '/chat-messages',
    summary: 'Send a message; the answer comes whole or as an event stream',
    tag: 'Chat',
    auth: { type: 'app-key' },
    body: z.object({
      ...runInput,
      query: requiredQuery,
      user: requiredUser,
      conversation_id: continuedConversation,
      auto_generate_name: z
        .boolean()
        .nullish()
        .transform((value) => value ?? true),
      workflow_id: z.string().nullish(),
      retriever_from: z.string().nullish(),
      trace_session_id: traceSession,
    }),
    responses: { 200: z.union([pausedChatAnswerSchema, chatAnswerSchema]) },
    produces: 'event-stream',
    events: spokenChatEventSchema,
    errors: [...runErrors, 'not_chat_app', 'conversation_completed', 'not_found'],
  }),
  stopChatMessage: defineRoute({
    surface: 'service',
    method: 'POST',
    path: '/chat-messages/:task_id/stop',
    summary: 'Stop an answer that is being written; unknown tasks are answered alike',
    tag: 'Chat',
    auth: { type: 'app-key' },
    params: z.object({ task_id: z.string() }),
    body: z.object({ user: requiredUser }),
    responses: { 200: success },
    errors: ['not_chat_app'],
  }),
  resumeMessageEvents: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/messages/:message_id/events',
    summary: 'Read the event stream of a message again, from the frame after Last-Event-ID',
    tag: 'Chat',
    auth: { type: 'app-key' },
    params: z.object({ message_id: uuid }),
    query: z.object({ user: requiredUser }),
    responses: { 200: null },
    produces: 'event-stream',
    events: messageEventSchema,
    errors: ['not_found'],
  }),
}
