import type { AccountsTable, ApiKeysTable, AppsTable, Db, TenantsTable } from '@trellis/db'

export type ApiKeyRow = ApiKeysTable

const selectKeysOfApp = (db: Db, tenantId: string, appId: string) =>
  db.selectFrom('api_keys').where('tenant_id', '=', tenantId).where('app_id', '=', appId).where('type', '=', 'app')

/** Newest first. */
export const listKeysOfApp = (db: Db, tenantId: string, appId: string): Promise<ApiKeyRow[]> =>
  selectKeysOfApp(db, tenantId, appId).selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').execute()

export const insertKey = async (db: Db, key: ApiKeyRow): Promise<void> => {
  await db.insertInto('api_keys').values(key).execute()
}

/** Tells whether there was such a key. */
export async function deleteKeyOfApp(db: Db, tenantId: string, { appId, keyId }: { appId: string; keyId: string }): Promise<boolean> {
  const result = await db
    .deleteFrom('api_keys')
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('id', '=', keyId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Notes a use, unless a later one has been noted already. */
export const touchKey = async (db: Db, tenantId: string, { keyId, now }: { keyId: string; now: number }): Promise<void> => {
  await db
    .updateTable('api_keys')
    .set({ last_used_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', keyId)
    .where((expression) => expression.or([expression('last_used_at', 'is', null), expression('last_used_at', '<', now)]))
    .execute()
}

/** All that decides whether a key lets in. */
export interface KeyHolder {
  readonly key: Pick<ApiKeyRow, 'id' | 'tenant_id' | 'last_used_at'>
  readonly app: AppsTable | undefined
  readonly workspaceStatus: TenantsTable['status'] | null
  readonly ownerStatus: AccountsTable['status'] | null
}

/** What `findKeyHolder` reads. */
export const keyHolderTables = ['api_keys', 'apps', 'tenants', 'tenant_members', 'accounts'] as const

/** One statement, because every call of the Service API begins with it. */
export async function findKeyHolder(db: Db, tokenHash: string): Promise<KeyHolder | undefined> {
  const row = await db
    .selectFrom('api_keys')
    .leftJoin('apps', (join) => join.onRef('apps.id', '=', 'api_keys.app_id').onRef('apps.tenant_id', '=', 'api_keys.tenant_id'))
    .leftJoin('tenants', 'tenants.id', 'api_keys.tenant_id')
    .leftJoin('tenant_members', (join) =>
      join.onRef('tenant_members.tenant_id', '=', 'api_keys.tenant_id').on('tenant_members.role', '=', 'owner'),
    )
    .leftJoin('accounts', 'accounts.id', 'tenant_members.account_id')
    .selectAll('apps')
    .select(['api_keys.id as key_id', 'api_keys.tenant_id as key_tenant_id', 'api_keys.last_used_at as key_last_used_at'])
    .select(['tenants.status as workspace_status', 'accounts.status as owner_status'])
    .where('api_keys.token_hash', '=', tokenHash)
    .where('api_keys.type', '=', 'app')
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const { key_id, key_tenant_id, key_last_used_at, workspace_status, owner_status, ...app } = row
  return {
    key: { id: key_id, tenant_id: key_tenant_id, last_used_at: key_last_used_at },
    // The join gives all columns of the app or none.
    app: app.id === null ? undefined : (app as AppsTable),
    workspaceStatus: workspace_status,
    ownerStatus: owner_status,
  }
}
