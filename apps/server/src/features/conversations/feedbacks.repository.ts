import type { Db, MessageFeedbacksTable } from '@trellis/db'

export type FeedbackRow = MessageFeedbacksTable

/** Who rates: end users each for themselves, the people who run the app as one. */
export type Rater = { readonly type: 'user'; readonly endUserId: string } | { readonly type: 'admin'; readonly accountId: string }

export const findFeedback = (
  db: Db,
  tenantId: string,
  { messageId, rater }: { readonly messageId: string; readonly rater: Rater },
): Promise<FeedbackRow | undefined> => {
  const query = db
    .selectFrom('message_feedbacks')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('message_id', '=', messageId)
    .where('from_source', '=', rater.type)
  return (rater.type === 'user' ? query.where('from_end_user_id', '=', rater.endUserId) : query).executeTakeFirst()
}

export const insertFeedback = async (db: Db, feedback: FeedbackRow): Promise<void> => {
  await db.insertInto('message_feedbacks').values(feedback).execute()
}

export const updateFeedback = async (
  db: Db,
  tenantId: string,
  { id, change }: { readonly id: string; readonly change: Pick<FeedbackRow, 'rating' | 'content' | 'from_account_id' | 'updated_at'> },
): Promise<void> => {
  await db.updateTable('message_feedbacks').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

export const deleteFeedback = async (db: Db, tenantId: string, id: string): Promise<void> => {
  await db.deleteFrom('message_feedbacks').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** Newest first. */
export const listFeedbacksOfApp = (
  db: Db,
  tenantId: string,
  { appId, offset, limit }: { readonly appId: string; readonly offset: number; readonly limit: number },
): Promise<FeedbackRow[]> =>
  db
    .selectFrom('message_feedbacks')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute()

/** What one end user thinks of each message. */
export const listFeedbacksOfUser = async (
  db: Db,
  tenantId: string,
  { messageIds, endUserId }: { readonly messageIds: readonly string[]; readonly endUserId: string },
): Promise<FeedbackRow[]> =>
  messageIds.length === 0
    ? []
    : db
        .selectFrom('message_feedbacks')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('message_id', 'in', messageIds)
        .where('from_end_user_id', '=', endUserId)
        .execute()
