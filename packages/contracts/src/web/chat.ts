import { z } from 'zod'
import { success, uuid } from '../common/wire.ts'
import {
  continuedConversation,
  parentMessage,
  requiredQuery,
  runInput,
  simpleChatAnswerSchema,
  simplePausedChatAnswerSchema,
} from '../entities/run-request.ts'
import { defineRoute } from '../routes/define-route.ts'
import { runErrors } from '../routes/run-errors.ts'
import { simpleChatEventSchema, simpleMessageEventSchema } from '../wire-events/message-events.ts'
import { webApp } from './web-app.ts'

export const webChatRoutes = {
  sendWebChatMessage: defineRoute({
    ...webApp,
    tag: 'Chat',
    method: 'POST',
    path: '/chat-messages',
    summary: 'Send a message; the answer comes whole or as an event stream',
    body: z.object({
      ...runInput,
      query: requiredQuery,
      conversation_id: continuedConversation,
      parent_message_id: parentMessage,
      retriever_from: z.string().nullish(),
    }),
    responses: { 200: z.union([simplePausedChatAnswerSchema, simpleChatAnswerSchema]) },
    produces: 'event-stream',
    events: simpleChatEventSchema,
    errors: [...runErrors, 'not_chat_app', 'conversation_completed', 'not_found'],
  }),
  stopWebChatMessage: defineRoute({
    ...webApp,
    tag: 'Chat',
    method: 'POST',
    path: '/chat-messages/:task_id/stop',
    summary: 'Stop an answer that is being written',
    params: z.object({ task_id: z.string() }),
    responses: { 200: success },
    errors: ['not_chat_app'],
  }),
  resumeWebMessageEvents: defineRoute({
    ...webApp,
    tag: 'Chat',
    method: 'GET',
    path: '/messages/:message_id/events',
    summary: 'Read the event stream of a message again, from the frame after Last-Event-ID',
    params: z.object({ message_id: uuid }),
    responses: { 200: null },
    produces: 'event-stream',
    events: simpleMessageEventSchema,
    errors: ['not_found'],
  }),
}
