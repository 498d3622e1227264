import { z } from 'zod'
import { jsonObject, orNull, timestamp, uuid } from '../common/wire.ts'
import { messageFileSchema } from './file.ts'
import { humanInputContentSchema } from './human-input-content.ts'
import { usageWireSchema } from './usage.ts'

const resourceCore = {
  position: z.number().int(),
  dataset_id: orNull(z.string()),
  dataset_name: orNull(z.string()),
  document_id: orNull(z.string()),
  document_name: orNull(z.string()),
  data_source_type: orNull(z.string()),
  segment_id: orNull(z.string()),
  score: orNull(z.number()),
  hit_count: orNull(z.number().int()),
  word_count: orNull(z.number().int()),
  segment_position: orNull(z.number().int()),
  index_node_hash: orNull(z.string()),
  content: orNull(z.string()),
  summary: orNull(z.string()),
}

/** A cited source as web callers get it while a run answers: without what tells of the caller's own data (service-api 2.4). */
export const simpleRetrieverResourceSchema = z.object({
  ...resourceCore,
  page: orNull(z.number().int()),
  title: orNull(z.string()),
  files: orNull(z.array(z.unknown())),
})

/** A cited source as a run's answer carries it (service-api 1.2). */
export const retrieverResourceSchema = z.object({
  ...simpleRetrieverResourceSchema.shape,
  retriever_from: orNull(z.string()),
  doc_metadata: orNull(jsonObject),
})
export type RetrieverResource = z.infer<typeof retrieverResourceSchema>

/** A cited source in message history. */
export const historyResourceSchema = z.object({ id: z.string(), message_id: z.string(), ...resourceCore, created_at: orNull(timestamp) })
export type HistoryResource = z.infer<typeof historyResourceSchema>

/** Which annotation answered, and who wrote it. */
export const annotationReplySchema = z.object({ id: z.string(), account: z.object({ id: z.string(), name: z.string() }) })
export type AnnotationReply = z.infer<typeof annotationReplySchema>

/** What moderation kept out of a turn: what was asked, so that nothing else was asked, or what was answered. */
export const moderatedSideSchema = z.enum(['inputs', 'outputs'])
export type ModeratedSide = z.infer<typeof moderatedSideSchema>

/** `metadata` of blocking answers and of `message_end`; its four keys are always there. */
export const messageMetadataSchema = z.object({
  annotation_reply: orNull(annotationReplySchema),
  retriever_resources: z.array(retrieverResourceSchema).default([]),
  usage: orNull(usageWireSchema),
  /** Reasoning text by LLM node; empty outside chatflows. */
  reasoning: z.record(z.string(), z.string()).default({}),
})
export type MessageMetadata = z.infer<typeof messageMetadataSchema>

/** The same for web callers, who learn neither prices nor annotations. */
export const simpleMessageMetadataSchema = z.object({
  retriever_resources: z.array(simpleRetrieverResourceSchema).default([]),
  reasoning: z.record(z.string(), z.string()).default({}),
})
export type SimpleMessageMetadata = z.infer<typeof simpleMessageMetadataSchema>

export const agentThoughtSchema = z.object({
  id: uuid,
  chain_id: orNull(z.string()),
  message_id: uuid,
  position: z.number().int(),
  thought: orNull(z.string()),
  tool: orNull(z.string()),
  tool_labels: jsonObject,
  tool_input: orNull(z.string()),
  observation: orNull(z.string()),
  created_at: timestamp,
  files: z.array(z.string()),
})

export const messageRating = z.enum(['like', 'dislike'])
export type MessageRating = z.infer<typeof messageRating>
export const messageStatus = z.enum(['normal', 'paused', 'error'])

/** A turn in message history (service-api 1.4). */
export const messageSchema = z.object({
  id: uuid,
  conversation_id: uuid,
  parent_message_id: orNull(uuid),
  inputs: jsonObject,
  query: z.string(),
  answer: z.string(),
  feedback: orNull(z.object({ rating: messageRating })),
  retriever_resources: z.array(historyResourceSchema).default([]),
  created_at: timestamp,
  agent_thoughts: z.array(agentThoughtSchema).default([]),
  message_files: z.array(messageFileSchema).default([]),
  status: messageStatus,
  error: orNull(z.string()),
  extra_contents: z.array(humanInputContentSchema).default([]),
})
export type Message = z.infer<typeof messageSchema>

export const feedbackSchema = z.object({
  id: uuid,
  app_id: uuid,
  conversation_id: uuid,
  message_id: uuid,
  rating: messageRating,
  content: orNull(z.string()),
  from_source: z.enum(['user', 'admin']),
  from_end_user_id: orNull(uuid),
  from_account_id: orNull(uuid),
  /** ISO 8601. */
  created_at: z.string(),
  updated_at: z.string(),
})
export type Feedback = z.infer<typeof feedbackSchema>

/** Body of every feedback route: `null` takes the rating back. */
export const feedbackInput = {
  rating: messageRating.nullish().transform((rating) => rating ?? null),
  content: z.string().nullish(),
}
