import { z } from 'zod'
import { jsonObject, timestamp, uuid } from '../common/wire.ts'
import { fileInputs } from './file.ts'
import { pauseReasonSchema } from './human-input-form.ts'
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

/** A chatflow that waits for people (service-api 1.2). */
const pausedCore = {
  event: z.literal('workflow_paused'),
  task_id: uuid,
  id: uuid,
  message_id: uuid,
  conversation_id: uuid,
  mode: z.string(),
  answer: z.string(),
  workflow_run_id: uuid,
  created_at: timestamp,
}
const pausedData = {
  id: uuid,
  mode: z.string(),
  conversation_id: uuid,
  message_id: uuid,
  workflow_run_id: uuid,
  answer: z.string(),
  created_at: timestamp,
  paused_nodes: z.array(z.string()),
  reasons: z.array(pauseReasonSchema),
  status: z.literal('paused'),
  elapsed_time: z.number(),
  total_tokens: z.number().int(),
  total_steps: z.number().int(),
}
const pausedAnswerWith = <Metadata extends z.ZodType>(metadata: Metadata) =>
  z.object({ ...pausedCore, metadata, data: z.object({ ...pausedData, metadata }) })
export const pausedChatAnswerSchema = pausedAnswerWith(messageMetadataSchema)
export const simplePausedChatAnswerSchema = pausedAnswerWith(simpleMessageMetadataSchema)

/** The same for web callers. */
export const simpleCompletionAnswerSchema = z.object({ ...blockingCore, metadata: simpleMessageMetadataSchema })
export const simpleChatAnswerSchema = z.object({ ...blockingCore, conversation_id: uuid, metadata: simpleMessageMetadataSchema })
