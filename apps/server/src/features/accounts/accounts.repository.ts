import type { AccountsTable, Db, TenantMembersTable, TenantsTable } from '@trellis/db'

export type AccountRow = AccountsTable

export const findAccountByEmail = (db: Db, email: string): Promise<AccountRow | undefined> =>
  db.selectFrom('accounts').selectAll().where('email', '=', email.toLowerCase()).executeTakeFirst()

export const findAccountById = (db: Db, id: string): Promise<AccountRow | undefined> =>
  db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()

/** By id; ids of no account are left out. */
export async function findAccountNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('accounts').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

export interface AccountReference {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** By id; ids of no account are left out. */
export async function findAccountReferences(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, AccountReference>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('accounts').select(['id', 'name', 'email']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export const insertAccount = async (db: Db, account: AccountRow): Promise<void> => {
  await db.insertInto('accounts').values(account).execute()
}

export const updateAccount = async (db: Db, id: string, change: Partial<AccountRow>): Promise<void> => {
  await db.updateTable('accounts').set(change).where('id', '=', id).execute()
}

export const insertTenant = async (db: Db, tenant: TenantsTable): Promise<void> => {
  await db.insertInto('tenants').values(tenant).execute()
}

export const insertMember = async (db: Db, member: TenantMembersTable): Promise<void> => {
  await db.insertInto('tenant_members').values(member).execute()
}

export interface Membership {
  readonly tenantId: string
  readonly role: TenantMembersTable['role']
}

/** The workspace in which the account is, or any of its own where none is marked. */
export async function findCurrentMembership(db: Db, accountId: string): Promise<Membership | undefined> {
  const row = await db
    .selectFrom('tenant_members')
    .innerJoin('tenants', 'tenants.id', 'tenant_members.tenant_id')
    .select(['tenant_members.tenant_id', 'tenant_members.role'])
    .where('tenant_members.account_id', '=', accountId)
    .where('tenants.status', '=', 'normal')
    .orderBy('tenant_members.is_current', 'desc')
    .orderBy('tenant_members.created_at')
    .limit(1)
    .executeTakeFirst()
  return row && { tenantId: row.tenant_id, role: row.role }
}

/** Of a workspace that is not archived, and only where the account may be used. */
export const findOwner = (db: Db, tenantId: string): Promise<AccountRow | undefined> =>
  db
    .selectFrom('tenant_members')
    .innerJoin('accounts', 'accounts.id', 'tenant_members.account_id')
    .innerJoin('tenants', 'tenants.id', 'tenant_members.tenant_id')
    .selectAll('accounts')
    .where('tenant_members.tenant_id', '=', tenantId)
    .where('tenant_members.role', '=', 'owner')
    .where('tenants.status', '=', 'normal')
    .where('accounts.status', '=', 'active')
    .limit(1)
    .executeTakeFirst()

const SETUP_KEY = 'setup_at'

export async function findSetupTime(db: Db): Promise<number | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', SETUP_KEY).executeTakeFirst()
  return row && Number(row.value)
}

/** Fails with a unique violation where another process was faster. */
export const insertSetupTime = async (db: Db, now: number): Promise<void> => {
  await db
    .insertInto('settings')
    .values({ key: SETUP_KEY, value: String(now), updated_at: now })
    .execute()
}
