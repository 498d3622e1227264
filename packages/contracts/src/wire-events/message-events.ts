import { z } from 'zod'
import { orNull, timestamp, uuid } from '../common/wire.ts'
import { fileType, messageEndFileSchema } from '../entities/file.ts'
import { messageMetadataSchema, simpleMessageMetadataSchema } from '../entities/message.ts'
import { refusalSchema } from '../errors/refusal.ts'

/** Keys of every frame of a text generator (service-api 2.2). */
const completionEnvelope = { message_id: uuid, created_at: timestamp, task_id: uuid }
/** Frames of a chat also name the conversation. */
const chatEnvelope = { conversation_id: uuid, ...completionEnvelope }

const message = {
  event: z.literal('message'),
  id: uuid,
  /** What the answer grew by. */
  answer: z.string(),
  from_variable_selector: orNull(z.array(z.string())),
}

const messageFile = {
  event: z.literal('message_file'),
  id: uuid,
  type: fileType,
  belongs_to: z.literal('assistant'),
  /** Signed. */
  url: z.string(),
}

const messageReplace = {
  event: z.literal('message_replace'),
  /** The whole text as it now stands. */
  answer: z.string(),
  reason: z.string(),
}

const messageEnd = { event: z.literal('message_end'), id: uuid, files: orNull(z.array(messageEndFileSchema)) }

/** One key is ours, where it is true: the answer was cut at the limit of tokens. */
const fullMessageEnd = { ...messageEnd, metadata: messageMetadataSchema, is_cut: z.literal(true).optional() }

/** Two keys are ours, for pages: somebody stopped the answer, perhaps in another window; an annotation is the answer. */
const simpleMessageEnd = {
  ...messageEnd,
  metadata: simpleMessageMetadataSchema,
  is_stopped: z.boolean().optional(),
  is_annotation: z.boolean().optional(),
}

/** Frames of errors have no `task_id`. */
const error = {
  event: z.literal('error'),
  message_id: uuid,
  created_at: timestamp,
  code: z.string(),
  message: z.string(),
  status: z.number().int(),
  /** Ours: what the message says, for pages in other languages. */
  details: refusalSchema.optional(),
}

/** Of apps that speak by themselves, to callers of the Service API: a piece of the answer's sound, in base64. */
const speech = { event: z.literal('tts_message'), audio: z.string() }

/** No sound follows; the last frame of all. */
const speechEnd = { event: z.literal('tts_message_end'), audio: z.literal('') }

/** A text generator's frames (service-api 2.3). The ping frame has no data and is none of them. */
export const completionEventSchema = z.discriminatedUnion('event', [
  z.object({ ...completionEnvelope, ...message }),
  z.object({ ...completionEnvelope, ...messageFile }),
  z.object({ ...completionEnvelope, ...messageReplace }),
  z.object({ ...completionEnvelope, ...fullMessageEnd }),
  z.object(error),
])
export type CompletionEvent = z.output<typeof completionEventSchema>

/** A chat's frames. */
export const chatEventSchema = z.discriminatedUnion('event', [
  z.object({ ...chatEnvelope, ...message }),
  z.object({ ...chatEnvelope, ...messageFile }),
  z.object({ ...chatEnvelope, ...messageReplace }),
  z.object({ ...chatEnvelope, ...fullMessageEnd }),
  z.object({ conversation_id: uuid, ...error }),
])
export type ChatEvent = z.output<typeof chatEventSchema>

/** The frames of an app that may speak by itself: its sound comes behind the answer. */
export const spokenCompletionEventSchema = z.discriminatedUnion('event', [
  ...completionEventSchema.options,
  z.object({ ...completionEnvelope, ...speech }),
  z.object({ ...completionEnvelope, ...speechEnd }),
])
export const spokenChatEventSchema = z.discriminatedUnion('event', [
  ...chatEventSchema.options,
  z.object({ ...chatEnvelope, ...speech }),
  z.object({ ...chatEnvelope, ...speechEnd }),
])
export type SpokenCompletionEvent = z.output<typeof spokenCompletionEventSchema>
export type SpokenChatEvent = z.output<typeof spokenChatEventSchema>

/** The same for web callers, whose `message_end` tells less. */
export const simpleCompletionEventSchema = z.discriminatedUnion('event', [
  z.object({ ...completionEnvelope, ...message }),
  z.object({ ...completionEnvelope, ...messageFile }),
  z.object({ ...completionEnvelope, ...messageReplace }),
  z.object({ ...completionEnvelope, ...simpleMessageEnd }),
  z.object(error),
])
export const simpleChatEventSchema = z.discriminatedUnion('event', [
  z.object({ ...chatEnvelope, ...message }),
  z.object({ ...chatEnvelope, ...messageFile }),
  z.object({ ...chatEnvelope, ...messageReplace }),
  z.object({ ...chatEnvelope, ...simpleMessageEnd }),
  z.object({ conversation_id: uuid, ...error }),
])
export type SimpleCompletionEvent = z.output<typeof simpleCompletionEventSchema>
export type SimpleChatEvent = z.output<typeof simpleChatEventSchema>

/** Frames of a message whose mode the reader does not know beforehand. */
export const messageEventSchema = z.union([chatEventSchema, completionEventSchema])
export const simpleMessageEventSchema = z.union([simpleChatEventSchema, simpleCompletionEventSchema])
export type MessageEvent = z.output<typeof messageEventSchema>
export type SimpleMessageEvent = z.output<typeof simpleMessageEventSchema>
