import type { Db, RefreshTokensTable } from '@trellis/db'

export const insertRefreshToken = async (db: Db, row: RefreshTokensTable): Promise<void> => {
  await db.insertInto('refresh_tokens').values(row).execute()
}

export const findRefreshToken = (db: Db, tokenHash: string): Promise<RefreshTokensTable | undefined> =>
  db.selectFrom('refresh_tokens').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()

/** Notes the first use, and holds the row against its deletion until the transaction ends. Tells whether it is still there. */
export async function markRefreshTokenUsed(db: Db, tokenHash: string, now: number): Promise<boolean> {
  const result = await db
    .updateTable('refresh_tokens')
    .set((expression) => ({ used_at: expression.fn.coalesce('used_at', expression.val(now)) }))
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export const deleteFamily = async (db: Db, familyId: string): Promise<void> => {
  await db.deleteFrom('refresh_tokens').where('family_id', '=', familyId).execute()
}

export const deleteSessionsOf = async (db: Db, accountId: string): Promise<void> => {
  await db.deleteFrom('refresh_tokens').where('account_id', '=', accountId).execute()
}

export const deleteExpiredRefreshTokens = async (db: Db, now: number): Promise<void> => {
  await db.deleteFrom('refresh_tokens').where('expires_at', '<', now).execute()
}
