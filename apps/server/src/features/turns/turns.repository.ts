import { type ConversationsTable, type Db, type MessageFilesTable, type MessagesTable, toJsonText } from '@trellis/db'
import { initialName } from './initial-name.ts'
import type { QuestionTexts } from './preflight.ts'

/** Most rows of a conversation that memory looks at, the new turn included. */
export const MEMORY_ROWS = 500

export type ThreadRow = Pick<MessagesTable, 'id' | 'parent_message_id' | 'query' | 'answer'>

export const listRecentMessages = (db: Db, conversationId: string, limit: number): Promise<ThreadRow[]> =>
  db
    .selectFrom('messages')
    .select(['id', 'parent_message_id', 'query', 'answer'])
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** The caller's own conversation of this app; undefined where it is not theirs. */
export const findOwnConversation = (
  db: Db,
  tenantId: string,
  own: { readonly id: string; readonly appId: string; readonly endUserId: string | null; readonly accountId: string | null },
): Promise<ConversationsTable | undefined> =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', own.id)
    .where('app_id', '=', own.appId)
    .where('from_end_user_id', own.endUserId === null ? 'is' : '=', own.endUserId)
    .where('from_account_id', own.accountId === null ? 'is' : '=', own.accountId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()

const touchConversation = async (db: Db, id: string, now: number): Promise<void> => {
  await db.updateTable('conversations').set({ updated_at: now }).where('id', '=', id).execute()
}

/**
 * The time of a new message: the present, but after the conversation's last one, whatever a clock that was set back, or another
 * process with a slower one, says. The conversation must have been touched in the same transaction: that makes others wait.
 */
async function nextMessageTime(db: Db, conversationId: string, now: number): Promise<number> {
  const { latest } = await db
    .selectFrom('messages')
    .select((select) => select.fn.max('created_at').as('latest'))
    .where('conversation_id', '=', conversationId)
    .executeTakeFirstOrThrow()
  // No number where there is no message yet.
  return Math.max(now, Number(latest ?? 0) + 1)
}

/** The rows of a question, with its conversation's where it opens one. Belongs into the transaction that accepts its run. */
export async function insertTurn(
  db: Db,
  {
    opened,
    message,
    files,
  }: {
    readonly opened: ConversationsTable | undefined
    readonly message: MessagesTable
    readonly files: readonly MessageFilesTable[]
  },
): Promise<void> {
  const { conversation_id: conversationId, created_at: now } = message
  if (opened) await db.insertInto('conversations').values(opened).execute()
  else await touchConversation(db, conversationId, now)
  const sentAt = await nextMessageTime(db, conversationId, now)
  await db
    .insertInto('messages')
    .values({ ...message, created_at: sentAt, updated_at: sentAt })
    .execute()
  await insertMessageFiles(db, files)
}

export const insertMessageFiles = async (db: Db, files: readonly MessageFilesTable[]): Promise<void> => {
  if (files.length > 0) await db.insertInto('message_files').values(files).execute()
}

/** What was really sent, where that is known only after the message was accepted. */
export const storeSentPrompt = async (db: Db, id: string, prompt: MessagesTable['prompt']): Promise<void> => {
  await db.updateTable('messages').set({ prompt }).where('id', '=', id).execute()
}

/**
 * A question as it was changed before it was answered: it is the one that goes on, and what was asked stays beside it. A conversation
 * that is called by what was asked is called by what goes on.
 */
export const storeChangedQuestion = async (
  db: Db,
  id: string,
  { asked, left }: { readonly asked: QuestionTexts; readonly left: QuestionTexts },
): Promise<void> => {
  const query = withoutNul(left.query)
  await db
    .updateTable('conversations')
    .set({ name: initialName(query) })
    .where('id', '=', (select) => select.selectFrom('messages').select('conversation_id').where('messages.id', '=', id))
    .where('name', '=', initialName(asked.query))
    .execute()
  await db
    .updateTable('messages')
    .set({
      inputs: toJsonText(left.inputs),
      query,
      asked: toJsonText({ inputs: asked.inputs, query: asked.query }),
    })
    .where('id', '=', id)
    .execute()
}

export type MessageEnd = Pick<
  MessagesTable,
  | 'answer'
  | 'status'
  | 'error_code'
  | 'error'
  | 'is_stopped'
  | 'prompt_tokens'
  | 'completion_tokens'
  | 'total_price_nano'
  | 'currency'
  | 'provider_latency_ms'
  | 'metadata'
  | 'updated_at'
>

export const endMessage = async (db: Db, id: string, end: MessageEnd): Promise<void> => {
  await db
    .updateTable('messages')
    .set({ ...end, answer: withoutNul(end.answer), error: end.error === null ? null : withoutNul(end.error) })
    .where('id', '=', id)
    .execute()
}

/** PostgreSQL has no text with NUL, which pages that a workflow fetched, and programs, may give. */
const withoutNul = (text: string): string => text.replaceAll('\u0000', '')
