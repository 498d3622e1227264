import type { Role } from '@trellis/contracts'
import type { AccountsTable, Db, TenantMembersTable } from '@trellis/db'

export type MemberRow = Pick<AccountsTable, 'id' | 'name' | 'email' | 'avatar' | 'last_login_at' | 'last_active_at' | 'status'> &
  Pick<TenantMembersTable, 'role' | 'created_at'>

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

/** The role of an account in a workspace; undefined where it is no member. */
export async function findMemberRole(db: Db, tenantId: string, accountId: string): Promise<Role | undefined> {
  const row = await db
    .selectFrom('tenant_members')
    .select('role')
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.role
}

/** Only where the role is still the one that was looked at. False: it is not. */
export async function updateMemberRole(
  db: Db,
  tenantId: string,
  { accountId, from, to }: { readonly accountId: string; readonly from: Role; readonly to: Role },
): Promise<boolean> {
  const result = await db
    .updateTable('tenant_members')
    .set({ role: to })
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
    .where('role', '=', from)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** As above: only in that role. */
export async function deleteMember(
  db: Db,
  tenantId: string,
  { accountId, role }: { readonly accountId: string; readonly role: Role },
): Promise<boolean> {
  const result = await db
    .deleteFrom('tenant_members')
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
    .where('role', '=', role)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** In how many an account is beside the given one; archived ones count, since they may come back. */
export async function countOtherWorkspaces(db: Db, tenantId: string, accountId: string): Promise<number> {
  const { count } = await db
    .selectFrom('tenant_members')
    .select((expression) => expression.fn.countAll<number | string>().as('count'))
    .where('account_id', '=', accountId)
    .where('tenant_id', '!=', tenantId)
    .executeTakeFirstOrThrow()
  return Number(count)
}
