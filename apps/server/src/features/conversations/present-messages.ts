import {
  type Feedback,
  type HistoryResource,
  type HumanInputContent,
  historyResourceSchema,
  type Message,
  type WebMessage,
} from '@trellis/contracts'
import { type Db, fromJsonText } from '@trellis/db'
import { toSeconds } from '../../http/compat/seconds.ts'
import type { ConversationRow } from './conversations.repository.ts'
import { type FeedbackRow, listFeedbacksOfUser } from './feedbacks.repository.ts'
import type { MessageFiles } from './message-files.ts'
import type { MessageRow } from './messages.repository.ts'
import type { Visitor } from './messages.service.ts'

export const presentConversation = (row: ConversationRow) => ({
  id: row.id,
  name: row.name,
  inputs: fromJsonText<Record<string, unknown>>(row.inputs),
  status: row.status,
  introduction: row.introduction,
  created_at: toSeconds(row.created_at),
  updated_at: toSeconds(row.updated_at),
})

export interface PresentDependencies {
  readonly db: Db
  readonly messageFiles: MessageFiles
  /** What people were asked while messages were written, by message. */
  readonly findHumanInput: FindHumanInput
}

export type FindHumanInput = (
  db: Db,
  tenantId: string,
  messageIds: readonly string[],
) => Promise<ReadonlyMap<string, readonly HumanInputContent[]>>

/** The last three go to pages only: the Service API has no such words. */
type PresentedMessage = Message & Pick<WebMessage, 'is_stopped' | 'is_annotation' | 'has_rating_reason'>

/** Messages as their end user sees them, with what this one thinks of them. */
export async function presentMessages(
  { db, messageFiles, findHumanInput }: PresentDependencies,
  { tenantId, endUserId }: Visitor,
  rows: readonly MessageRow[],
): Promise<PresentedMessage[]> {
  const messageIds = rows.map((row) => row.id)
  const [files, feedbacks, humanInput] = await Promise.all([
    messageFiles.load(tenantId, messageIds),
    listFeedbacksOfUser(db, tenantId, { messageIds, endUserId }),
    findHumanInput(db, tenantId, messageIds),
  ])
  const verdicts = new Map(feedbacks.map((feedback) => [feedback.message_id, feedback]))
  return rows.map((row) => ({
    id: row.id,
    conversation_id: row.conversation_id,
    parent_message_id: row.parent_message_id,
    inputs: fromJsonText<Record<string, unknown>>(row.inputs),
    query: row.query,
    answer: row.answer,
    feedback: ratingOf(verdicts.get(row.id)),
    retriever_resources: resourcesOf(row),
    created_at: toSeconds(row.created_at),
    agent_thoughts: [],
    message_files: files.get(row.id) ?? [],
    status: row.status,
    error: row.error,
    extra_contents: [...(humanInput.get(row.id) ?? [])],
    is_stopped: row.is_stopped === 1,
    is_annotation: 'annotation_reply' in fromJsonText<object>(row.metadata),
    has_rating_reason: Boolean(verdicts.get(row.id)?.content),
  }))
}

const ratingOf = (feedback: FeedbackRow | undefined): Message['feedback'] => (feedback ? { rating: feedback.rating } : null)

/** What an answer rested on, as history tells it; entries that cannot be read are left out. */
function resourcesOf({ id, metadata, created_at: createdAt }: MessageRow): HistoryResource[] {
  const { retriever_resources: stored = [] } = fromJsonText<{ readonly retriever_resources?: readonly object[] }>(metadata)
  return stored.flatMap((resource, index) => {
    const item = { ...resource, id: `${id}-${index + 1}`, message_id: id, created_at: toSeconds(createdAt) }
    return historyResourceSchema.safeParse(item).data ?? []
  })
}

/** Visitors of a page learn neither usage nor prices (service-api 2.4). */
export const toWebMessage = (message: PresentedMessage): WebMessage => ({
  ...message,
  metadata: { retriever_resources: message.retriever_resources, reasoning: {} },
})

export const presentFeedback = (row: FeedbackRow): Feedback => ({
  id: row.id,
  app_id: row.app_id,
  conversation_id: row.conversation_id,
  message_id: row.message_id,
  rating: row.rating,
  content: row.content,
  from_source: row.from_source,
  from_end_user_id: row.from_end_user_id,
  from_account_id: row.from_account_id,
  created_at: new Date(row.created_at).toISOString(),
  updated_at: new Date(row.updated_at).toISOString(),
})
