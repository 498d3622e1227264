import type { AccountChallengesTable, Db } from '@trellis/db'

export type ChallengeRow = AccountChallengesTable
export type ChallengePurpose = ChallengeRow['purpose']

export const insertChallenge = async (db: Db, row: ChallengeRow): Promise<void> => {
  await db.insertInto('account_challenges').values(row).execute()
}

export const findChallenge = (
  db: Db,
  { purpose, tokenHash }: { readonly purpose: ChallengePurpose; readonly tokenHash: string },
): Promise<ChallengeRow | undefined> =>
  db.selectFrom('account_challenges').selectAll().where('token_hash', '=', tokenHash).where('purpose', '=', purpose).executeTakeFirst()

/** Counts a try before it is looked at, so that tries at the same moment cannot share one. False: there are none left. */
export async function spendTry(db: Db, id: string, tries: number): Promise<boolean> {
  const result = await db
    .updateTable('account_challenges')
    .set((expression) => ({ failures: expression('failures', '+', 1) }))
    .where('id', '=', id)
    .where('code_hash', 'is not', null)
    .where('failures', '<', tries)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Of two who bring the right code, one succeeds. */
export async function markProven(
  db: Db,
  { id, tokenHash, expiresAt }: { readonly id: string; readonly tokenHash: string; readonly expiresAt: number },
): Promise<boolean> {
  const result = await db
    .updateTable('account_challenges')
    .set({ code_hash: null, token_hash: tokenHash, expires_at: expiresAt })
    .where('id', '=', id)
    .where('code_hash', 'is not', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Of two who take one, one succeeds. */
export async function deleteChallenge(db: Db, id: string): Promise<boolean> {
  const result = await db.deleteFrom('account_challenges').where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** What an account could still go on with for one purpose. */
export const deleteChallengesOfAccount = async (db: Db, accountId: string, purpose: ChallengePurpose): Promise<void> => {
  await db.deleteFrom('account_challenges').where('account_id', '=', accountId).where('purpose', '=', purpose).execute()
}

export const deleteChallengesExpiredBefore = async (db: Db, time: number): Promise<void> => {
  await db.deleteFrom('account_challenges').where('expires_at', '<', time).execute()
}
