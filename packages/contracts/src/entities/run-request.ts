import { z } from 'zod'
import { jsonObject, timestamp, uuid } from '../common/wire.ts'
import { fileInputs } from './file.ts'
import { messageMetadataSchema, simpleMessageMetadataSchema } from './message.ts'

export const responseMode = z.enum(['blocking', 'streaming'])
export type ResponseMode = z.infer<typeof responseMode>

const withoutNul = (text: string) => text.replaceAll('\u0000', '')

/** `query` of chat routes. */
export const requiredQuery = z.string({ error: 'query is required' }).overwrite(withoutNul).min(1, 'query is required')
/** `query` of completion routes. */
export const optionalQuery = z
  .string()
  .nullish()
  .transform((query) => withoutNul(query ?? ''))

/** The conversation that a chat turn continues; empty and null open a new one. */
export const continuedConversation = z
  .string()
  .trim()
  .pipe(z.union([z.literal(''), uuid], { error: 'conversation_id must be a valid UUID' }))
  .nullish()
  .transform((id) => id || undefined)

/** A turn to answer after, for branches; empty and null begin the conversation anew. */
export const parentMessage = z
  .union([z.literal(''), uuid])
  .nullish()
  .transform((id) => id || undefined)

/** What every run request of the basic modes carries. */
export const runInput = {
  inputs: jsonObject,
  files: fileInputs,
  response_mode: responseMode.nullish().transform((mode) => mode ?? 'blocking'),
}

const blockingCore = {
  event: z.literal('message').default('message'),
  task_id: uuid,
  /** The same as `message_id`. */
  id: uuid,
  message_id: uuid,
  mode: z.string(),
  answer: z.string(),
  created_at: timestamp,
}

/** Blocking answers (service-api 1.2). */
export const completionAnswerSchema = z.object({ ...blockingCore, metadata: messageMetadataSchema })
export const chatAnswerSchema = z.object({ ...blockingCore, conversation_id: uuid, metadata: messageMetadataSchema })
export type CompletionAnswer = z.infer<typeof completionAnswerSchema>
export type ChatAnswer = z.infer<typeof chatAnswerSchema>

/** The same for web callers. */
export const simpleCompletionAnswerSchema = z.object({ ...blockingCore, metadata: simpleMessageMetadataSchema })
export const simpleChatAnswerSchema = z.object({ ...blockingCore, conversation_id: uuid, metadata: simpleMessageMetadataSchema })
