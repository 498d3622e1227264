import {
  type HumanInputContent,
  type LogMessage,
  type MessageFile,
  moderatedSideSchema,
  retrieverResourceSchema,
  usageSchema,
} from '@trellis/contracts'
import { type AppsTable, fromJsonText, type InvokeFrom, type MessagesTable } from '@trellis/db'
import { z } from 'zod'
import { toMetadata } from '../../http/compat/message-frames.ts'
import { toSeconds, toSecondsOrNull } from '../../http/compat/seconds.ts'
import type { LoggedAnnotation, LoggedHit } from '../annotations/index.ts'
import { type ConversationTotals, countRatingsOf, type RatingCount } from './conversation-totals.ts'
import type { LoggedConversation } from './listed-conversations.ts'
import { presentConfig } from './logged-config.ts'
import type { LoggedFeedback } from './logs.repository.ts'

/** A conversation with what the log adds up of it. */
export interface LoggedSummary {
  readonly conversation: LoggedConversation
  readonly totals: ConversationTotals
  readonly ratings: readonly RatingCount[]
  /** The turn that opened it. */
  readonly first: MessagesTable | undefined
  /** The stored configuration that answered it first; undefined where it was never published. */
  readonly config: string | undefined
  /** One of its turns has an annotation. */
  readonly isAnnotated: boolean
  /** Of the turn that opened it. */
  readonly annotation: LoggedAnnotation | undefined
}

/** Dify's two words for who asked: people and programs outside, or somebody of the workspace. */
const sourceOf = (invokeFrom: InvokeFrom): 'api' | 'console' =>
  invokeFrom === 'service-api' || invokeFrom === 'web-app' ? 'api' : 'console'

const presentTalker = (row: Pick<LoggedConversation, 'invoke_from' | 'from_end_user_id' | 'from_account_id'>) => ({
  from_source: sourceOf(row.invoke_from),
  from_end_user_id: row.from_end_user_id,
  from_account_id: row.from_account_id,
})

const presentCore = ({ conversation, ratings, config }: LoggedSummary) => ({
  id: conversation.id,
  status: conversation.status,
  ...presentTalker(conversation),
  created_at: toSeconds(conversation.created_at),
  updated_at: toSeconds(conversation.updated_at),
  model_config: presentConfig(config),
  user_feedback_stats: countRatingsOf(ratings, 'user'),
  admin_feedback_stats: countRatingsOf(ratings, 'admin'),
})

const presentItem = (summary: LoggedSummary) => ({
  ...presentCore(summary),
  invoke_from: summary.conversation.invoke_from,
  from_end_user_session_id: summary.conversation.session_id,
  from_account_name: summary.conversation.account_name,
  read_at: toSecondsOrNull(summary.conversation.read_at),
  total_tokens: summary.totals.totalTokens,
  total_price: summary.totals.totalPrice,
  currency: summary.totals.currency,
  average_latency: summary.totals.averageLatency,
  status_count: countByStatus(summary.totals),
})

const countByStatus = ({ messageCount, failedCount, pausedCount, stoppedCount }: ConversationTotals) => ({
  success: messageCount - failedCount - pausedCount - stoppedCount,
  failed: failedCount,
  paused: pausedCount,
  stopped: stoppedCount,
})

export const presentChatItem = (summary: LoggedSummary) => ({
  ...presentItem(summary),
  name: summary.conversation.name,
  summary: summary.first?.query ?? null,
  message_count: summary.totals.messageCount,
  annotated: summary.isAnnotated,
})

export const presentChatDetail = (summary: LoggedSummary) => ({
  ...presentCore(summary),
  introduction: summary.conversation.introduction,
  message_count: summary.totals.messageCount,
  annotated: summary.isAnnotated,
})

export const presentCompletionItem = (summary: LoggedSummary) => ({
  ...presentItem(summary),
  annotation: presentLoggedAnnotation(summary.annotation),
  message: summary.first
    ? {
        inputs: fromJsonText<Record<string, unknown>>(summary.first.inputs),
        query: summary.first.query,
        message: fromJsonText<LogMessage['message']>(summary.first.prompt),
        answer: summary.first.answer,
      }
    : null,
})

export const presentCompletionDetail = (summary: LoggedSummary, message: LogMessage | undefined) => ({
  ...presentCore(summary),
  message: message ?? null,
})

export interface MessageParts {
  /** Of the app that was asked. */
  readonly mode: AppsTable['mode']
  readonly files: readonly MessageFile[]
  readonly feedbacks: readonly LoggedFeedback[]
  /** What people were asked while it was written. */
  readonly humanInput: readonly HumanInputContent[]
  readonly annotation: LoggedAnnotation | undefined
  /** It was answered by an annotation. */
  readonly hit: LoggedHit | undefined
}

export const presentLogMessage = (
  row: MessagesTable,
  { mode, files, feedbacks, humanInput, annotation, hit }: MessageParts,
): LogMessage => ({
  id: row.id,
  conversation_id: row.conversation_id,
  inputs: fromJsonText<Record<string, unknown>>(row.inputs),
  query: row.query,
  message: fromJsonText<LogMessage['message']>(row.prompt),
  message_tokens: row.prompt_tokens,
  answer: row.answer,
  answer_tokens: row.completion_tokens,
  provider_response_latency: row.provider_latency_ms / 1000,
  ...presentTalker(row),
  feedbacks: feedbacks.map(presentFeedback),
  // A turn of a basic app has a run as well, but not a workflow's.
  workflow_run_id: mode === 'advanced-chat' ? row.run_id : null,
  annotation: presentLoggedAnnotation(annotation),
  annotation_hit_history: hit
    ? { annotation_id: hit.annotation_id, annotation_create_account: authorOf(hit), created_at: toSeconds(hit.created_at) }
    : null,
  created_at: toSeconds(row.created_at),
  agent_thoughts: [],
  message_files: [...files],
  extra_contents: humanInput.map(withoutToken),
  moderated: moderatedSchema.parse(fromJsonText(row.metadata)).moderated ?? null,
  asked: row.asked === null ? null : fromJsonText<NonNullable<LogMessage['asked']>>(row.asked),
  metadata: presentMetadata(row),
  status: row.status,
  error: row.error,
  is_stopped: row.is_stopped === 1,
  parent_message_id: row.parent_message_id,
  run_id: row.run_id,
})

const presentLoggedAnnotation = (row: LoggedAnnotation | undefined): LogMessage['annotation'] =>
  row ? { id: row.id, question: row.question, content: row.answer, account: authorOf(row), created_at: toSeconds(row.created_at) } : null

const authorOf = ({
  account_id: id,
  account_name: name,
  account_email: email,
}: Pick<LoggedHit, 'account_id' | 'account_name' | 'account_email'>) =>
  id === null || name === null ? null : { id, name, email: email ?? '' }

/** Who reads the log is not who was asked: the run's own page says who may answer in somebody's stead. */
const withoutToken = (content: HumanInputContent): HumanInputContent =>
  content.form_definition ? { ...content, form_definition: { ...content.form_definition, form_token: null } } : content

const presentFeedback = (row: LoggedFeedback) => ({
  rating: row.rating,
  content: row.content,
  from_source: row.from_source,
  from_end_user_id: row.from_end_user_id,
  from_account:
    row.from_account_id === null || row.account_name === null
      ? null
      : { id: row.from_account_id, name: row.account_name, email: row.account_email ?? '' },
})

/** What a chatflow's answer rests on; other answers have nothing of it. */
const sourcesSchema = z.object({
  retriever_resources: z.array(retrieverResourceSchema).default([]),
  reasoning: z.record(z.string(), z.string()).default({}),
})

const moderatedSchema = z.object({ moderated: moderatedSideSchema.optional().catch(undefined) })

/** Turns that failed, or still go on, have no usage. */
function presentMetadata({ metadata }: MessagesTable): Record<string, unknown> {
  const stored = fromJsonText<{ readonly usage?: unknown }>(metadata)
  const { data: usage } = usageSchema.safeParse(stored.usage)
  const { retriever_resources: resources, reasoning } = sourcesSchema.safeParse(stored).data ?? { retriever_resources: [], reasoning: {} }
  if (usage) return toMetadata(usage, 'full', { resources, reasoning })
  return { annotation_reply: null, retriever_resources: resources, usage: null, reasoning }
}
