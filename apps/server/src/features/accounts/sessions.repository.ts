import { type AccountSessionsTable, type Db, inTransaction, type RefreshTokensTable } from '@trellis/db'
import type { AccountRow } from './accounts.repository.ts'

export type SessionRow = AccountSessionsTable

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

/** Opens a session, or notes that it goes on; holds its row until the transaction ends. */
export async function putSession(db: Db, session: SessionRow): Promise<void> {
  const { id, user_agent, ip, last_seen_at } = session
  const result = await db.updateTable('account_sessions').set({ user_agent, ip, last_seen_at }).where('id', '=', id).executeTakeFirst()
  if (result.numUpdatedRows > 0n) return
  await db
    .insertInto('account_sessions')
    .values(session)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

export interface SessionName {
  readonly sessionId: string
  readonly accountId: string
}

/** The account of a session that goes on, and when it was last noted that somebody is there. */
export const findAccountOfSession = (
  db: Db,
  { sessionId, accountId }: SessionName,
): Promise<(AccountRow & Pick<SessionRow, 'last_seen_at'>) | undefined> =>
  db
    .selectFrom('account_sessions')
    .innerJoin('accounts', 'accounts.id', 'account_sessions.account_id')
    .selectAll('accounts')
    .select('account_sessions.last_seen_at')
    .where('account_sessions.id', '=', sessionId)
    .where('account_sessions.account_id', '=', accountId)
    .executeTakeFirst()

export async function noteSeen(db: Db, { sessionId, accountId }: SessionName, now: number): Promise<void> {
  await db.updateTable('account_sessions').set({ last_seen_at: now }).where('id', '=', sessionId).execute()
  await db.updateTable('accounts').set({ last_active_at: now }).where('id', '=', accountId).execute()
}

/** The latest first. */
export const listSessions = (db: Db, accountId: string): Promise<SessionRow[]> =>
  db
    .selectFrom('account_sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

/**
 * Ends sessions of an account: those of `ids`, or all but `exceptId`. The session's row goes first: who is renewing it holds that row, so
 * that the token they make is there to be deleted. Answers how many there were.
 */
export const deleteSessions = (
  db: Db,
  accountId: string,
  { ids, exceptId }: { readonly ids?: readonly string[]; readonly exceptId?: string | undefined } = {},
): Promise<number> =>
  inTransaction(db, async (db) => {
    let sessions = db.deleteFrom('account_sessions').where('account_id', '=', accountId)
    let tokens = db.deleteFrom('refresh_tokens').where('account_id', '=', accountId)
    if (ids) {
      sessions = sessions.where('id', 'in', ids)
      tokens = tokens.where('family_id', 'in', ids)
    }
    if (exceptId !== undefined) {
      sessions = sessions.where('id', '!=', exceptId)
      tokens = tokens.where('family_id', '!=', exceptId)
    }
    const ended = await sessions.executeTakeFirst()
    await tokens.execute()
    return Number(ended.numDeletedRows)
  })

/** With the sessions that nothing can renew any more. */
export async function deleteExpiredRefreshTokens(db: Db, now: number): Promise<void> {
  await db.deleteFrom('refresh_tokens').where('expires_at', '<', now).execute()
  await db
    .deleteFrom('account_sessions')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('refresh_tokens').select('token_hash').whereRef('refresh_tokens.family_id', '=', 'account_sessions.id'))),
    )
    .execute()
}
