import { z } from 'zod'
import { jsonObject, orNull, timestamp, uuid } from '../common/wire.ts'
import { accountReferenceSchema } from './account.ts'
import { messageFileSchema } from './file.ts'
import { humanInputContentSchema } from './human-input-content.ts'
import { inputFormItemSchema } from './input-form.ts'
import { agentThoughtSchema, messageRating, messageStatus, moderatedSideSchema } from './message.ts'
import { configuredModelSchema } from './model-config.ts'

const counts = z.object({ like: z.number().int(), dislike: z.number().int() })

const source = {
  from_source: z.string(),
  from_end_user_id: orNull(uuid),
  from_account_id: orNull(uuid),
}

/** `invoke_from` is ours: Dify's `from_source` does not tell a published page from the API. */
const sourceNames = { invoke_from: z.string(), from_end_user_session_id: orNull(z.string()), from_account_name: orNull(z.string()) }
const rated = { user_feedback_stats: orNull(counts), admin_feedback_stats: orNull(counts) }
const briefConfig = z.object({ model: orNull(configuredModelSchema), pre_prompt: orNull(z.string()) })

const fullConfig = z.object({
  opening_statement: orNull(z.string()),
  suggested_questions: orNull(z.array(z.string())),
  model: orNull(configuredModelSchema),
  user_input_form: orNull(z.array(inputFormItemSchema)),
  pre_prompt: orNull(z.string()),
  agent_mode: orNull(jsonObject),
})

const annotation = z.object({
  id: uuid,
  question: orNull(z.string()),
  content: z.string(),
  account: orNull(accountReferenceSchema),
  created_at: orNull(timestamp),
})

/** What was sent to the model, message by message. */
const sentPrompt = z.union([z.array(z.looseObject({ role: z.string(), text: z.string() })), jsonObject, z.string()])

/** A turn as the console's log shows it (service-api 7.3). */
export const logMessageSchema = z.object({
  id: uuid,
  conversation_id: uuid,
  inputs: jsonObject,
  query: z.string(),
  message: sentPrompt,
  message_tokens: z.number().int(),
  answer: z.string(),
  answer_tokens: z.number().int(),
  /** Seconds. */
  provider_response_latency: z.number(),
  ...source,
  feedbacks: z
    .array(
      z.object({
        rating: messageRating,
        content: orNull(z.string()),
        from_source: z.string(),
        from_end_user_id: orNull(uuid),
        from_account: orNull(accountReferenceSchema),
      }),
    )
    .default([]),
  workflow_run_id: orNull(uuid),
  annotation: orNull(annotation),
  annotation_hit_history: orNull(
    z.object({ annotation_id: uuid, annotation_create_account: orNull(accountReferenceSchema), created_at: timestamp }),
  ),
  created_at: timestamp,
  agent_thoughts: z.array(agentThoughtSchema).default([]),
  message_files: z.array(messageFileSchema).default([]),
  extra_contents: z.array(humanInputContentSchema).default([]),
  /** Ours. */
  moderated: orNull(moderatedSideSchema),
  /** Ours: what was asked, where moderation changed it; `inputs` and `query` are what was answered. */
  asked: orNull(z.object({ inputs: jsonObject, query: z.string() })),
  /** Usage and cost among them. */
  metadata: jsonObject,
  status: messageStatus,
  error: orNull(z.string()),
  /** Ours: somebody stopped the answer, whose `status` is `normal` all the same. */
  is_stopped: z.boolean(),
  parent_message_id: orNull(uuid),
  /** Ours: the run behind the turn, for its latency ledger. */
  run_id: orNull(uuid),
})
export type LogMessage = z.infer<typeof logMessageSchema>

/** Turns by what became of them. `stopped` is ours: Dify leaves those out. */
const statusCount = z.object({
  success: z.number().int(),
  failed: z.number().int(),
  partial_success: z.number().int().default(0),
  paused: z.number().int().default(0),
  stopped: z.number().int().default(0),
})

export const chatConversationItemSchema = z.object({
  id: uuid,
  status: z.string(),
  ...source,
  ...sourceNames,
  name: z.string(),
  summary: orNull(z.string()),
  read_at: orNull(timestamp),
  created_at: timestamp,
  updated_at: timestamp,
  annotated: z.boolean().default(false),
  model_config: orNull(briefConfig),
  message_count: z.number().int(),
  ...rated,
  status_count: orNull(statusCount),
  /** Ours: sums over the conversation, for the log's columns. */
  total_tokens: z.number().int().default(0),
  total_price: z.string().default('0'),
  currency: z.string().default('USD'),
  /** Seconds, on average over its turns. */
  average_latency: z.number().default(0),
})
export type ChatConversationItem = z.infer<typeof chatConversationItemSchema>

export const chatConversationDetailSchema = z.object({
  id: uuid,
  status: z.string(),
  ...source,
  created_at: timestamp,
  updated_at: timestamp,
  annotated: z.boolean().default(false),
  introduction: orNull(z.string()),
  model_config: orNull(fullConfig),
  message_count: z.number().int(),
  ...rated,
})

export const completionConversationItemSchema = z.object({
  id: uuid,
  status: z.string(),
  ...source,
  ...sourceNames,
  read_at: orNull(timestamp),
  created_at: timestamp,
  updated_at: timestamp,
  annotation: orNull(annotation),
  model_config: orNull(briefConfig),
  ...rated,
  message: orNull(z.object({ inputs: jsonObject, query: z.string(), message: sentPrompt, answer: z.string() })),
  /** Ours, as in the list of chats. */
  total_tokens: z.number().int().default(0),
  total_price: z.string().default('0'),
  currency: z.string().default('USD'),
  average_latency: z.number().default(0),
  status_count: orNull(statusCount),
})
export type CompletionConversationItem = z.infer<typeof completionConversationItemSchema>

export const completionConversationDetailSchema = z.object({
  id: uuid,
  status: z.string(),
  ...source,
  created_at: timestamp,
  updated_at: timestamp,
  model_config: orNull(fullConfig),
  message: orNull(logMessageSchema),
})
