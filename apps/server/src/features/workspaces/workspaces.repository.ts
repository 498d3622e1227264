import type { Db, TenantMembersTable, TenantsTable } from '@trellis/db'

/** A workspace as one of its members has it. */
export type WorkspaceRow = TenantsTable & Pick<TenantMembersTable, 'role' | 'last_opened_at'>

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

export async function countMembers(db: Db, tenantId: string): Promise<number> {
  const row = await db
    .selectFrom('tenant_members')
    .select((expression) => expression.fn.countAll().as('count'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** How many belong to each of the workspaces. */
export async function countMembersOf(db: Db, tenantIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (tenantIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('tenant_members')
    .select((expression) => ['tenant_id', expression.fn.countAll<number | string>().as('count')])
    .where('tenant_id', 'in', tenantIds)
    .groupBy('tenant_id')
    .execute()
  return new Map(rows.map(({ tenant_id, count }) => [tenant_id, Number(count)]))
}

/** Nobody opens them any more, and their apps answer nobody. Nothing in them is lost. */
export async function archiveWorkspaces(db: Db, tenantIds: readonly string[], now: number): Promise<void> {
  if (tenantIds.length === 0) return
  await db.updateTable('tenants').set({ status: 'archive', updated_at: now }).where('id', 'in', tenantIds).execute()
}

export async function leaveWorkspaces(db: Db, accountId: string, tenantIds: readonly string[]): Promise<void> {
  if (tenantIds.length === 0) return
  await db.deleteFrom('tenant_members').where('account_id', '=', accountId).where('tenant_id', 'in', tenantIds).execute()
}
