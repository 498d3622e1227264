import { z } from 'zod'
import { cursorOf, queryBoolean, success, uuid } from '../common/wire.ts'
import {
  conversationListQuery,
  conversationRenameInput,
  conversationSchema,
  incompleteRename,
  isCompleteRename,
} from '../entities/conversation.ts'
import { defineRoute } from '../routes/define-route.ts'
import { webApp } from './web-app.ts'

const ofConversation = {
  ...webApp,
  tag: 'Conversations',
  params: z.object({ conversation_id: uuid }),
  errors: ['not_chat_app', 'not_found'],
} as const

export const webConversationRoutes = {
  listWebConversations: defineRoute({
    ...webApp,
    tag: 'Conversations',
    method: 'GET',
    path: '/conversations',
    summary: 'List the visitor’s conversations',
    query: z.object({ ...conversationListQuery, pinned: queryBoolean.optional() }),
    responses: { 200: cursorOf(conversationSchema) },
    errors: ['not_chat_app', 'not_found'],
  }),
  deleteWebConversation: defineRoute({
    ...ofConversation,
    method: 'DELETE',
    path: '/conversations/:conversation_id',
    summary: 'Delete a conversation',
    responses: { 204: null },
  }),
  renameWebConversation: defineRoute({
    ...ofConversation,
    method: 'POST',
    path: '/conversations/:conversation_id/name',
    summary: 'Name a conversation, or have a name made for it',
    body: z.object(conversationRenameInput).refine(isCompleteRename, incompleteRename),
    responses: { 200: conversationSchema },
  }),
  pinConversation: defineRoute({
    ...ofConversation,
    method: 'PATCH',
    path: '/conversations/:conversation_id/pin',
    summary: 'Pin a conversation',
    responses: { 200: success },
  }),
  unpinConversation: defineRoute({
    ...ofConversation,
    method: 'PATCH',
    path: '/conversations/:conversation_id/unpin',
    summary: 'Pin a conversation no longer',
    responses: { 200: success },
  }),
}
