import type { Db, InvitationsTable } from '@trellis/db'

export type InvitationRow = InvitationsTable

/** An invitation and the workspace that it is for. */
export type OpenInvitation = InvitationRow & { readonly workspace_name: string }

export const listInvitations = (db: Db, tenantId: string): Promise<InvitationRow[]> =>
  db.selectFrom('invitations').selectAll().where('tenant_id', '=', tenantId).orderBy('created_at').orderBy('id').execute()

/** Not of archived workspaces. */
export const findInvitation = (db: Db, tokenHash: string): Promise<OpenInvitation | undefined> =>
  db
    .selectFrom('invitations')
    .innerJoin('tenants', 'tenants.id', 'invitations.tenant_id')
    .selectAll('invitations')
    .select('tenants.name as workspace_name')
    .where('invitations.token_hash', '=', tokenHash)
    .where('tenants.status', '=', 'normal')
    .executeTakeFirst()

/** Stands in the place of an earlier one for the same address, whose link no longer works. */
export async function putInvitation(db: Db, invitation: InvitationRow): Promise<void> {
  const { id: _id, created_at: _since, tenant_id: _tenant, email: _email, ...change } = invitation
  await db
    .insertInto('invitations')
    .values(invitation)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'email']).doUpdateSet(change))
    .execute()
}

export async function updateInvitationRole(db: Db, tenantId: string, { id, role }: Pick<InvitationRow, 'id' | 'role'>): Promise<boolean> {
  const result = await db.updateTable('invitations').set({ role }).where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Of two who take one, one succeeds. */
export async function deleteInvitation(db: Db, tenantId: string, id: string): Promise<boolean> {
  const result = await db.deleteFrom('invitations').where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows > 0n
}

export const deleteInvitationsExpiredBefore = async (db: Db, time: number): Promise<void> => {
  await db.deleteFrom('invitations').where('expires_at', '<', time).execute()
}

/** Lower-case addresses of the given ones that are members already. */
export async function findMemberEmails(db: Db, tenantId: string, emails: readonly string[]): Promise<ReadonlySet<string>> {
  if (emails.length === 0) return new Set()
  const rows = await db
    .selectFrom('tenant_members')
    .innerJoin('accounts', 'accounts.id', 'tenant_members.account_id')
    .select('accounts.email')
    .where('tenant_members.tenant_id', '=', tenantId)
    .where('accounts.email', 'in', emails)
    .execute()
  return new Set(rows.map((row) => row.email))
}
