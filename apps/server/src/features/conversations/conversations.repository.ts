import type { ConversationSort } from '@trellis/contracts'
import type { ConversationsTable, Db, InvokeFrom } from '@trellis/db'

export type ConversationRow = ConversationsTable

/** Who talks to an app: an end user, or an account that tries it. */
export interface Talker {
  readonly tenantId: string
  readonly appId: string
  readonly endUserId: string | null
  readonly accountId: string | null
  /** The key that the call came with. */
  readonly apiKeyId: string | null
}

/** What the talker has not deleted. */
const selectOwn = (db: Db, { tenantId, appId, endUserId, accountId }: Talker) =>
  db
    .selectFrom('conversations')
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('from_end_user_id', endUserId === null ? 'is' : '=', endUserId)
    .where('from_account_id', accountId === null ? 'is' : '=', accountId)
    .where('deleted_at', 'is', null)

export const findOwnConversation = (db: Db, talker: Talker, id: string): Promise<ConversationRow | undefined> =>
  selectOwn(db, talker).selectAll().where('id', '=', id).executeTakeFirst()

export interface ConversationFilter {
  readonly invokeFrom: InvokeFrom
  /** Undefined: pinned or not. */
  readonly isPinned: boolean | undefined
  readonly sortBy: ConversationSort
  /** The last one that the caller has. */
  readonly after: ConversationRow | undefined
  readonly limit: number
}

export const toOrder = (sortBy: ConversationSort) =>
  ({
    column: sortBy.endsWith('created_at') ? 'created_at' : 'updated_at',
    direction: sortBy.startsWith('-') ? 'desc' : 'asc',
  }) as const

export const listOwnConversations = (db: Db, talker: Talker, filter: ConversationFilter): Promise<ConversationRow[]> => {
  const { column, direction } = toOrder(filter.sortBy)
  const { after, isPinned } = filter
  let query = selectOwn(db, talker).where('invoke_from', '=', filter.invokeFrom)
  if (isPinned !== undefined) query = query.where('pinned_at', isPinned ? 'is not' : 'is', null)
  if (after) {
    const beyond = direction === 'desc' ? '<' : '>'
    query = query.where((where) =>
      where.or([where(column, beyond, after[column]), where.and([where(column, '=', after[column]), where('id', beyond, after.id)])]),
    )
  }
  return query.selectAll().orderBy(column, direction).orderBy('id', direction).limit(filter.limit).execute()
}

export type ConversationChange = Partial<Pick<ConversationRow, 'name' | 'pinned_at' | 'deleted_at' | 'updated_at'>>

export const updateConversation = async (
  db: Db,
  tenantId: string,
  { id, change }: { readonly id: string; readonly change: ConversationChange },
): Promise<void> => {
  await db.updateTable('conversations').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

export const findConversation = (db: Db, tenantId: string, id: string): Promise<ConversationRow | undefined> =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()

/** Names a conversation, unless it is no longer called what it was. */
export const replaceName = async (
  db: Db,
  tenantId: string,
  { id, from, to }: { readonly id: string; readonly from: string; readonly to: string },
): Promise<void> => {
  await db
    .updateTable('conversations')
    .set({ name: to })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('name', '=', from)
    .execute()
}
