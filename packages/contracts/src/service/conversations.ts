import { z } from 'zod'
import { cursorOf, optionalUser, uuid } from '../common/wire.ts'
import {
  conversationListQuery,
  conversationRenameInput,
  conversationSchema,
  conversationVariableSchema,
  cursorLimit,
  incompleteRename,
  isCompleteRename,
} from '../entities/conversation.ts'
import { defineRoute } from '../routes/define-route.ts'

const conversationParams = z.object({ conversation_id: uuid })

export const serviceConversationRoutes = {
  listConversations: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/conversations',
    summary: 'List the conversations of an end user',
    tag: 'Conversations',
    auth: { type: 'app-key' },
    query: z.object({ ...conversationListQuery, user: optionalUser }),
    responses: { 200: cursorOf(conversationSchema) },
    errors: ['not_chat_app', 'not_found'],
  }),
  deleteConversation: defineRoute({
    surface: 'service',
    method: 'DELETE',
    path: '/conversations/:conversation_id',
    summary: 'Delete a conversation',
    tag: 'Conversations',
    auth: { type: 'app-key' },
    params: conversationParams,
    body: z.object({ user: optionalUser }),
    responses: { 204: null },
    errors: ['not_chat_app', 'not_found', 'unsupported_media_type'],
  }),
  renameConversation: defineRoute({
    surface: 'service',
    method: 'POST',
    path: '/conversations/:conversation_id/name',
    summary: 'Name a conversation, or have a name made for it',
    tag: 'Conversations',
    auth: { type: 'app-key' },
    params: conversationParams,
    body: z.object({ ...conversationRenameInput, user: optionalUser }).refine(isCompleteRename, incompleteRename),
    responses: { 200: conversationSchema },
    errors: ['not_chat_app', 'not_found'],
  }),
  listConversationVariables: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/conversations/:conversation_id/variables',
    summary: 'List the variables of a conversation',
    tag: 'Conversations',
    auth: { type: 'app-key' },
    params: conversationParams,
    query: z.object({
      user: optionalUser,
      last_id: z
        .string()
        .nullish()
        .transform((id) => id || undefined),
      limit: cursorLimit,
      variable_name: z
        .string()
        .regex(/^[A-Za-z0-9_.-]{1,255}$/, 'variable_name takes 1 to 255 letters, digits, "-", "_" and "."')
        .optional(),
    }),
    responses: { 200: cursorOf(conversationVariableSchema) },
    errors: ['not_chat_app', 'not_found'],
  }),
  updateConversationVariable: defineRoute({
    surface: 'service',
    method: 'PUT',
    path: '/conversations/:conversation_id/variables/:variable_id',
    summary: 'Set a variable of a conversation',
    tag: 'Conversations',
    auth: { type: 'app-key' },
    params: z.object({ conversation_id: uuid, variable_id: z.string() }),
    body: z.object({ value: z.unknown(), user: optionalUser }),
    responses: { 200: conversationVariableSchema },
    errors: ['not_chat_app', 'bad_request', 'not_found'],
  }),
}
