import type { Db, MessagesTable } from '@trellis/db'
import type { Talker } from './conversations.repository.ts'

export type MessageRow = MessagesTable

/** A message of the talker's, in a conversation that is not deleted. */
export const findOwnMessage = (db: Db, { tenantId, appId, endUserId, accountId }: Talker, id: string): Promise<MessageRow | undefined> =>
  db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .selectAll('messages')
    .where('messages.tenant_id', '=', tenantId)
    .where('messages.app_id', '=', appId)
    .where('messages.id', '=', id)
    .where('messages.from_end_user_id', endUserId === null ? 'is' : '=', endUserId)
    .where('messages.from_account_id', accountId === null ? 'is' : '=', accountId)
    .where('conversations.deleted_at', 'is', null)
    .executeTakeFirst()

/** Of whomever it is. */
export const findMessage = (
  db: Db,
  tenantId: string,
  { appId, id }: { readonly appId: string; readonly id: string },
): Promise<MessageRow | undefined> =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('id', '=', id)
    .executeTakeFirst()

export const findMessageOf = (
  db: Db,
  tenantId: string,
  { conversationId, id }: { readonly conversationId: string; readonly id: string },
): Promise<MessageRow | undefined> =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', '=', conversationId)
    .where('id', '=', id)
    .executeTakeFirst()

export interface MessageWindow {
  readonly conversationId: string
  /** Only older ones than this. */
  readonly before: Pick<MessageRow, 'id' | 'created_at'> | undefined
  readonly limit: number
}

/** Newest first. */
export const listNewestMessages = (db: Db, tenantId: string, { conversationId, before, limit }: MessageWindow): Promise<MessageRow[]> => {
  let query = db.selectFrom('messages').selectAll().where('tenant_id', '=', tenantId).where('conversation_id', '=', conversationId)
  if (before) {
    query = query.where((where) =>
      where.or([
        where('created_at', '<', before.created_at),
        where.and([where('created_at', '=', before.created_at), where('id', '<', before.id)]),
      ]),
    )
  }
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

export const findFirstMessage = (db: Db, tenantId: string, conversationId: string): Promise<MessageRow | undefined> =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

/** Makes other changers of what hangs on the message wait until the transaction ends. Tells whether there is such a message. */
export async function lockMessage(
  db: Db,
  tenantId: string,
  { appId, id }: { readonly appId: string; readonly id: string },
): Promise<boolean> {
  const result = await db
    .updateTable('messages')
    .set((expression) => ({ updated_at: expression.ref('updated_at') }))
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
