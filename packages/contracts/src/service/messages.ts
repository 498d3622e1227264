import { z } from 'zod'
import { cursorOf, optionalUser, queryInteger, requiredUser, success, uuid } from '../common/wire.ts'
import { messageListQuery } from '../entities/conversation.ts'
import { feedbackInput, feedbackSchema, messageSchema } from '../entities/message.ts'
import { defineRoute } from '../routes/define-route.ts'

const messageParams = z.object({ message_id: uuid })

export const serviceMessageRoutes = {
  listMessages: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/messages',
    summary: 'List the messages of a conversation, newest page first',
    tag: 'Messages',
    auth: { type: 'app-key' },
    query: z.object({ ...messageListQuery, user: optionalUser }),
    responses: { 200: cursorOf(messageSchema) },
    errors: ['not_chat_app', 'not_found'],
  }),
  listSuggestedQuestions: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/messages/:message_id/suggested',
    summary: 'Suggest what the end user might ask next',
    tag: 'Messages',
    auth: { type: 'app-key' },
    params: messageParams,
    query: z.object({ user: requiredUser }),
    responses: { 200: z.object({ result: z.literal('success'), data: z.array(z.string()) }) },
    errors: ['not_chat_app', 'bad_request', 'not_found'],
  }),
  rateMessage: defineRoute({
    surface: 'service',
    method: 'POST',
    path: '/messages/:message_id/feedbacks',
    summary: 'Rate a message, or take the rating back',
    tag: 'Messages',
    auth: { type: 'app-key' },
    params: messageParams,
    body: z.object({ ...feedbackInput, user: requiredUser }),
    responses: { 200: success },
    errors: ['not_found'],
  }),
  listAppFeedbacks: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/app/feedbacks',
    summary: 'List the ratings that the app was given',
    tag: 'Messages',
    auth: { type: 'app-key' },
    query: z.object({
      page: queryInteger({ min: 1, max: Number.MAX_SAFE_INTEGER, default: 1 }),
      limit: queryInteger({ min: 1, max: 101, default: 20 }),
    }),
    responses: { 200: z.object({ data: z.array(feedbackSchema) }) },
  }),
}
