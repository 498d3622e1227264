import type { AccountsTable, Db, TenantMembersTable, TenantsTable } from '@trellis/db'

/** A workspace as one of its members has it. */
export type WorkspaceRow = TenantsTable & Pick<TenantMembersTable, 'role' | 'last_opened_at'>

export type MemberRow = Pick<AccountsTable, 'id' | 'name' | 'email' | 'avatar' | 'last_login_at' | 'last_active_at' | 'status'> &
  Pick<TenantMembersTable, 'role' | 'created_at'>

const selectWorkspaces = (db: Db, accountId: string) =>
  db
    .selectFrom('tenant_members')
    .innerJoin('tenants', 'tenants.id', 'tenant_members.tenant_id')
    .selectAll('tenants')
    .select(['tenant_members.role', 'tenant_members.last_opened_at'])
    .where('tenant_members.account_id', '=', accountId)
    .where('tenants.status', '=', 'normal')

/** Undefined where the account is no member, or the workspace is archived. */
export const findWorkspace = (db: Db, tenantId: string, accountId: string): Promise<WorkspaceRow | undefined> =>
  selectWorkspaces(db, accountId).where('tenants.id', '=', tenantId).executeTakeFirst()

/** All workspaces of an account, in the order in which it joined them. */
export const listWorkspaces = (db: Db, accountId: string): Promise<WorkspaceRow[]> =>
  selectWorkspaces(db, accountId).orderBy('tenant_members.created_at').orderBy('tenants.id').execute()

export const updateWorkspace = async (
  db: Db,
  tenantId: string,
  change: Partial<Pick<TenantsTable, 'name' | 'updated_at'>>,
): Promise<void> => {
  await db.updateTable('tenants').set(change).where('id', '=', tenantId).execute()
}

/** Marks the one workspace in which the account is now. */
export async function markCurrent(db: Db, tenantId: string, { accountId, now }: { accountId: string; now: number }): Promise<void> {
  const memberships = db.updateTable('tenant_members').where('account_id', '=', accountId)
  await memberships.set({ is_current: 0 }).where('tenant_id', '!=', tenantId).execute()
  await memberships.set({ is_current: 1, last_opened_at: now }).where('tenant_id', '=', tenantId).execute()
}

export const listMembers = (db: Db, tenantId: string): Promise<MemberRow[]> =>
  db
    .selectFrom('tenant_members')
    .innerJoin('accounts', 'accounts.id', 'tenant_members.account_id')
    .select(['accounts.id', 'accounts.name', 'accounts.email', 'accounts.avatar', 'accounts.last_login_at', 'accounts.last_active_at'])
    .select(['accounts.status', 'tenant_members.role', 'tenant_members.created_at'])
    .where('tenant_members.tenant_id', '=', tenantId)
    .orderBy('tenant_members.created_at')
    .orderBy('accounts.id')
    .execute()

export async function countMembers(db: Db, tenantId: string): Promise<number> {
  const row = await db
    .selectFrom('tenant_members')
    .select((expression) => expression.fn.countAll().as('count'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
