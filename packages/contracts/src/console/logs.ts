import { z } from 'zod'
import { cursorOf, pageOf, queryBoolean, queryInteger, success, uuid } from '../common/wire.ts'
import { conversationSort, messageListQuery } from '../entities/conversation.ts'
import {
  chatConversationDetailSchema,
  chatConversationItemSchema,
  completionConversationDetailSchema,
  completionConversationItemSchema,
  logMessageSchema,
} from '../entities/conversation-log.ts'
import { feedbackInput, messageRating } from '../entities/message.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'
import { localDay, localMinute } from './local-minute.ts'

const conversationParams = z.object({ app_id: uuid, conversation_id: uuid })

/** `start` and `end` are local to the account's time zone. `user`, `feedback` and `status` are ours. */
const logFilter = {
  keyword: z.string().optional(),
  start: localMinute,
  end: localMinute,
  annotation_status: z.enum(['all', 'annotated', 'not_annotated']).default('all'),
  /** Part of the caller's own name for the end user, or of an account's name. */
  user: z.string().optional(),
  /** What somebody said of one of its answers; `commented`: a rating with its reason. */
  feedback: z.enum(['all', 'liked', 'disliked', 'commented']).default('all'),
  /** `succeeded`: each of its turns; the others: one of them. */
  status: z.enum(['all', 'succeeded', 'failed', 'stopped', 'paused']).default('all'),
}

const logQuery = {
  ...logFilter,
  page: queryInteger({ min: 1, max: 99_999, default: 1 }),
  limit: queryInteger({ min: 1, max: 100, default: 20 }),
}

const log = { surface: 'console', tag: 'Logs', auth: editing } as const
const errors = ['app_not_found', 'not_found'] as const

export const consoleLogRoutes = {
  exportLog: defineRoute({
    ...log,
    method: 'GET',
    path: '/apps/:app_id/logs/export',
    summary: 'Download the turns of the conversations that a filter finds, as CSV',
    params: appParams,
    query: z.object({ ...logFilter, sort_by: conversationSort.default('-updated_at') }),
    responses: { 200: null },
    produces: 'text',
    errors,
  }),
  listChatConversations: defineRoute({
    ...log,
    method: 'GET',
    path: '/apps/:app_id/chat-conversations',
    summary: 'List the conversations of an app',
    params: appParams,
    query: z.object({ ...logQuery, sort_by: conversationSort.default('-updated_at') }),
    responses: { 200: pageOf(chatConversationItemSchema) },
    errors,
  }),
  getChatConversation: defineRoute({
    ...log,
    method: 'GET',
    path: '/apps/:app_id/chat-conversations/:conversation_id',
    summary: 'Get a conversation of an app',
    params: conversationParams,
    responses: { 200: chatConversationDetailSchema },
    errors,
  }),
  deleteChatConversation: defineRoute({
    ...log,
    method: 'DELETE',
    path: '/apps/:app_id/chat-conversations/:conversation_id',
    summary: 'Delete a trial conversation of one’s own',
    params: conversationParams,
    responses: { 204: null },
    errors,
  }),
  listCompletionConversations: defineRoute({
    ...log,
    method: 'GET',
    path: '/apps/:app_id/completion-conversations',
    summary: 'List the texts that an app has generated',
    params: appParams,
    query: z.object({ ...logQuery, sort_by: conversationSort.default('-created_at') }),
    responses: { 200: pageOf(completionConversationItemSchema) },
    errors,
  }),
  getCompletionConversation: defineRoute({
    ...log,
    method: 'GET',
    path: '/apps/:app_id/completion-conversations/:conversation_id',
    summary: 'Get a text that an app has generated',
    params: conversationParams,
    responses: { 200: completionConversationDetailSchema },
    errors,
  }),
  deleteCompletionConversation: defineRoute({
    ...log,
    method: 'DELETE',
    path: '/apps/:app_id/completion-conversations/:conversation_id',
    summary: 'Delete a trial text of one’s own',
    params: conversationParams,
    responses: { 204: null },
    errors,
  }),
  listLogMessages: defineRoute({
    ...log,
    method: 'GET',
    path: '/apps/:app_id/chat-messages',
    summary: 'List the messages of a conversation, newest page first',
    params: appParams,
    query: z.object(messageListQuery),
    responses: { 200: cursorOf(logMessageSchema) },
    errors,
  }),
  getLogMessage: defineRoute({
    ...log,
    method: 'GET',
    path: '/apps/:app_id/messages/:message_id',
    summary: 'Get a message of an app',
    params: z.object({ app_id: uuid, message_id: uuid }),
    responses: { 200: logMessageSchema },
    errors,
  }),
  rateLogMessage: defineRoute({
    ...log,
    method: 'POST',
    path: '/apps/:app_id/feedbacks',
    summary: 'Rate a message as its operator, or take the rating back',
    params: appParams,
    body: z.object({ message_id: uuid, ...feedbackInput }),
    responses: { 200: success },
    errors,
  }),
  exportFeedbacks: defineRoute({
    ...log,
    method: 'GET',
    path: '/apps/:app_id/feedbacks/export',
    summary: 'Download the ratings of an app’s answers with their reasons, as CSV',
    params: appParams,
    query: z.object({
      from_source: z.enum(['user', 'admin']).optional(),
      rating: messageRating.optional(),
      has_comment: queryBoolean.optional(),
      start_date: localDay,
      end_date: localDay,
      format: z.literal('csv', 'Only csv is written.').default('csv'),
    }),
    responses: { 200: null },
    produces: 'text',
    errors,
  }),
}
