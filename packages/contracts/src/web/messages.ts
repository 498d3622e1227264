import { z } from 'zod'
import { cursorOf, jsonObject, optionalCursor, orNull, success, timestamp, uuid } from '../common/wire.ts'
import { cursorLimit, messageListQuery } from '../entities/conversation.ts'
import { messageFileSchema } from '../entities/file.ts'
import { feedbackInput, messageRating, messageSchema } from '../entities/message.ts'
import { defineRoute } from '../routes/define-route.ts'
import { webApp } from './web-app.ts'

const messageParams = z.object({ message_id: uuid })

export const webMessageSchema = z.object({
  ...messageSchema.shape,
  metadata: orNull(jsonObject),
  /** Ours: somebody stopped the answer; what had been said until then stands. Dify's `status` is `normal` all the same. */
  is_stopped: z.boolean(),
  /** Ours: what a person wrote is the answer. Who that was, visitors do not learn. */
  is_annotation: z.boolean(),
  /** Ours: whoever reads it has said why its rating is what it is. */
  has_rating_reason: z.boolean(),
})
export type WebMessage = z.infer<typeof webMessageSchema>

export const savedMessageSchema = z.object({
  id: uuid,
  inputs: jsonObject,
  query: z.string(),
  answer: z.string(),
  message_files: z.array(messageFileSchema).default([]),
  feedback: orNull(z.object({ rating: messageRating })),
  created_at: timestamp,
})

export const webMessageRoutes = {
  listWebMessages: defineRoute({
    ...webApp,
    tag: 'Messages',
    method: 'GET',
    path: '/messages',
    summary: 'List the messages of a conversation, newest page first',
    query: z.object(messageListQuery),
    responses: { 200: cursorOf(webMessageSchema) },
    errors: ['not_chat_app', 'not_found'],
  }),
  rateWebMessage: defineRoute({
    ...webApp,
    tag: 'Messages',
    method: 'POST',
    path: '/messages/:message_id/feedbacks',
    summary: 'Rate a message, or take the rating back',
    params: messageParams,
    body: z.object(feedbackInput),
    responses: { 200: success },
    errors: ['not_found'],
  }),
  listWebSuggestedQuestions: defineRoute({
    ...webApp,
    tag: 'Messages',
    method: 'GET',
    path: '/messages/:message_id/suggested-questions',
    summary: 'Suggest what the visitor might ask next',
    params: messageParams,
    responses: { 200: z.object({ data: z.array(z.string()) }) },
    errors: ['not_chat_app', 'not_found', 'app_suggested_questions_after_answer_disabled'],
  }),
  listSavedMessages: defineRoute({
    ...webApp,
    tag: 'Saved messages',
    method: 'GET',
    path: '/saved-messages',
    summary: 'List the texts that the visitor kept',
    query: z.object({ last_id: optionalCursor, limit: cursorLimit }),
    responses: { 200: cursorOf(savedMessageSchema) },
    errors: ['not_completion_app', 'not_found'],
  }),
  saveMessage: defineRoute({
    ...webApp,
    tag: 'Saved messages',
    method: 'POST',
    path: '/saved-messages',
    summary: 'Keep a text',
    body: z.object({ message_id: uuid }),
    responses: { 200: success },
    errors: ['not_completion_app', 'not_found'],
  }),
  forgetSavedMessage: defineRoute({
    ...webApp,
    tag: 'Saved messages',
    method: 'DELETE',
    path: '/saved-messages/:message_id',
    summary: 'Keep a text no longer',
    params: messageParams,
    responses: { 204: null },
    errors: ['not_completion_app', 'not_found'],
  }),
}
