import { z } from 'zod'
import { jsonObject, optionalCursor, orNull, queryInteger, timestamp, uuid } from '../common/wire.ts'

export const conversationSchema = z.object({
  id: uuid,
  name: z.string(),
  inputs: jsonObject,
  status: z.literal('normal'),
  introduction: orNull(z.string()),
  created_at: timestamp,
  updated_at: timestamp,
})
export type Conversation = z.infer<typeof conversationSchema>

export const conversationVariableSchema = z.object({
  /** As the workflow names it: not always a UUID. */
  id: z.string(),
  name: z.string(),
  value_type: z.string(),
  /** Values that are no text stand here as JSON. */
  value: z.string(),
  description: z.string(),
  created_at: timestamp,
  updated_at: timestamp,
})

export const conversationSort = z.enum(['created_at', '-created_at', 'updated_at', '-updated_at'])
export type ConversationSort = z.infer<typeof conversationSort>

export const cursorLimit = queryInteger({ min: 1, max: 100, default: 20 })

/** Query of the conversation lists, newest first; `last_id` goes back in time. */
export const conversationListQuery = {
  last_id: optionalCursor,
  limit: cursorLimit,
  sort_by: conversationSort.default('-updated_at'),
}

/** Query of message history: newest page first, oldest to newest inside a page; `first_id` goes back in time. */
export const messageListQuery = { conversation_id: uuid, first_id: optionalCursor, limit: cursorLimit }

/** Body of the rename routes. */
export const conversationRenameInput = {
  name: z.string().nullish(),
  auto_generate: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
}

interface Rename {
  readonly name?: string | null | undefined
  readonly auto_generate: boolean
}

export const isCompleteRename = (body: Rename): boolean => body.auto_generate || Boolean(body.name?.trim())
export const incompleteRename = { error: 'name is required when auto_generate is false', path: ['name'] }
