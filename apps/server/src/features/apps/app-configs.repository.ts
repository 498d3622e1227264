import type { AppConfigsTable, Db } from '@trellis/db'

export type AppConfigRow = AppConfigsTable

export const findConfigById = (db: Db, tenantId: string, id: string): Promise<AppConfigRow | undefined> =>
  db.selectFrom('app_configs').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()

export const listConfigsByIds = async (db: Db, tenantId: string, ids: readonly string[]): Promise<AppConfigRow[]> =>
  ids.length === 0 ? [] : db.selectFrom('app_configs').selectAll().where('tenant_id', '=', tenantId).where('id', 'in', ids).execute()

export const insertConfig = async (db: Db, config: AppConfigRow): Promise<void> => {
  await db.insertInto('app_configs').values(config).execute()
}
