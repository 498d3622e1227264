import type { ApiExtensionsTable, AppsTable, Db } from '@trellis/db'
import { type SqlBool, sql } from 'kysely'

export type ApiExtensionRow = ApiExtensionsTable

/** Oldest first. */
export const listExtensions = (db: Db, tenantId: string): Promise<ApiExtensionRow[]> =>
  db.selectFrom('api_extensions').selectAll().where('tenant_id', '=', tenantId).orderBy('id').execute()

export const findExtension = (db: Db, tenantId: string, id: string): Promise<ApiExtensionRow | undefined> =>
  db.selectFrom('api_extensions').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()

export const insertExtension = async (db: Db, row: ApiExtensionRow): Promise<void> => {
  await db.insertInto('api_extensions').values(row).execute()
}

export type ApiExtensionChange = Pick<ApiExtensionRow, 'name' | 'api_endpoint' | 'sealed_api_key' | 'updated_at'>

/** Tells whether there was such an extension. */
export async function updateExtension(
  db: Db,
  tenantId: string,
  { id, change }: { readonly id: string; readonly change: ApiExtensionChange },
): Promise<boolean> {
  const result = await db
    .updateTable('api_extensions')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Tells whether there was such an extension. */
export async function deleteExtension(db: Db, tenantId: string, id: string): Promise<boolean> {
  const result = await db.deleteFrom('api_extensions').where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows > 0n
}

export type ExtensionUserRow = Pick<AppsTable, 'id' | 'name' | 'mode'>

/** Apps that name an extension: in the draft, or in what callers get. Ids are long enough to be found in the text. By name. */
export function listUsers(db: Db, tenantId: string, id: string): Promise<ExtensionUserRow[]> {
  const naming = `%${id}%`
  return db
    .selectFrom('apps')
    .select(['id', 'name', 'mode'])
    .where('tenant_id', '=', tenantId)
    .where((where) =>
      where.or([
        where('draft_config', 'like', naming),
        where.exists(
          where
            .selectFrom('app_configs')
            .select('app_configs.id')
            .whereRef('app_configs.id', '=', 'apps.published_config_id')
            .where('app_configs.config', 'like', naming),
        ),
        where.exists(
          where
            .selectFrom('workflows')
            .select('workflows.id')
            .whereRef('workflows.app_id', '=', 'apps.id')
            .where(sql<SqlBool>`(workflows.version = 'draft' or workflows.id = apps.published_workflow_id)`)
            .where('workflows.features', 'like', naming),
        ),
      ]),
    )
    .orderBy('name')
    .orderBy('id')
    .execute()
}
