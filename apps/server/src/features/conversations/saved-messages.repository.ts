import type { Db, SavedMessagesTable } from '@trellis/db'
import type { MessageRow } from './messages.repository.ts'

/** The messages that an end user kept, newest first. */
export const listSavedMessages = (
  db: Db,
  tenantId: string,
  page: {
    readonly appId: string
    readonly endUserId: string
    readonly after: Pick<MessageRow, 'id' | 'created_at'> | undefined
    readonly limit: number
  },
): Promise<MessageRow[]> => {
  const { appId, endUserId, after, limit } = page
  let query = db
    .selectFrom('saved_messages')
    .innerJoin('messages', 'messages.id', 'saved_messages.message_id')
    .selectAll('messages')
    .where('saved_messages.tenant_id', '=', tenantId)
    .where('saved_messages.app_id', '=', appId)
    .where('saved_messages.end_user_id', '=', endUserId)
  if (after) {
    query = query.where((where) =>
      where.or([
        where('messages.created_at', '<', after.created_at),
        where.and([where('messages.created_at', '=', after.created_at), where('messages.id', '<', after.id)]),
      ]),
    )
  }
  return query.orderBy('messages.created_at', 'desc').orderBy('messages.id', 'desc').limit(limit).execute()
}

/** Fails with a unique violation where it is kept already. */
export const insertSavedMessage = async (db: Db, row: SavedMessagesTable): Promise<void> => {
  await db.insertInto('saved_messages').values(row).execute()
}

export const deleteSavedMessage = async (
  db: Db,
  tenantId: string,
  { endUserId, messageId }: { readonly endUserId: string; readonly messageId: string },
): Promise<void> => {
  await db
    .deleteFrom('saved_messages')
    .where('tenant_id', '=', tenantId)
    .where('end_user_id', '=', endUserId)
    .where('message_id', '=', messageId)
    .execute()
}
