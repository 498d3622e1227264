import type { AccountIdentitiesTable, Db } from '@trellis/db'

export type IdentityRow = AccountIdentitiesTable

export const findIdentity = (db: Db, provider: string, subject: string): Promise<IdentityRow | undefined> =>
  db.selectFrom('account_identities').selectAll().where('provider', '=', provider).where('subject', '=', subject).executeTakeFirst()

export const listIdentitiesOf = (db: Db, accountId: string): Promise<readonly IdentityRow[]> =>
  db.selectFrom('account_identities').selectAll().where('account_id', '=', accountId).orderBy('id').execute()

/** Fails with a unique violation where either side is linked already. */
export const insertIdentity = async (db: Db, row: IdentityRow): Promise<void> => {
  await db.insertInto('account_identities').values(row).execute()
}

export const updateIdentity = async (db: Db, id: string, change: Pick<IdentityRow, 'email' | 'last_used_at'>): Promise<void> => {
  await db.updateTable('account_identities').set(change).where('id', '=', id).execute()
}

export const deleteIdentity = async (db: Db, accountId: string, provider: string): Promise<void> => {
  await db.deleteFrom('account_identities').where('account_id', '=', accountId).where('provider', '=', provider).execute()
}

export const deleteIdentitiesOf = async (db: Db, accountId: string): Promise<void> => {
  await db.deleteFrom('account_identities').where('account_id', '=', accountId).execute()
}
