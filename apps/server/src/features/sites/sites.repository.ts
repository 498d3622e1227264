import type { Db, SitesTable } from '@trellis/db'

export type SiteRow = SitesTable

export const findSiteOfApp = (db: Db, tenantId: string, appId: string): Promise<SiteRow | undefined> =>
  db.selectFrom('sites').selectAll().where('tenant_id', '=', tenantId).where('app_id', '=', appId).executeTakeFirst()

/** Of any workspace: the code is what a visitor has instead of an account. */
export const findSiteByCode = (db: Db, code: string): Promise<SiteRow | undefined> =>
  db.selectFrom('sites').selectAll().where('code', '=', code).executeTakeFirst()

export const insertSite = async (db: Db, site: SiteRow): Promise<void> => {
  await db.insertInto('sites').values(site).execute()
}

export const updateSite = async (db: Db, tenantId: string, appId: string, change: Partial<SiteRow>): Promise<void> => {
  await db.updateTable('sites').set(change).where('tenant_id', '=', tenantId).where('app_id', '=', appId).execute()
}

export const deleteSite = async (db: Db, tenantId: string, appId: string): Promise<void> => {
  await db.deleteFrom('sites').where('tenant_id', '=', tenantId).where('app_id', '=', appId).execute()
}

/** Those of the files that are the icon of a page. */
export async function findSiteIcons(db: Db, fileIds: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('sites').select('icon').distinct().where('icon', 'in', fileIds).execute()
  return rows.flatMap(({ icon }) => icon ?? [])
}
