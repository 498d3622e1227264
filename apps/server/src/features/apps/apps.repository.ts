import type { AnnotationSettingsTable, AppsTable, Db } from '@trellis/db'
import { type SqlBool, sql } from 'kysely'

export type AppRow = AppsTable

export const findAppById = (db: Db, tenantId: string, appId: string): Promise<AppRow | undefined> =>
  db.selectFrom('apps').selectAll().where('tenant_id', '=', tenantId).where('id', '=', appId).executeTakeFirst()

export const insertApp = async (db: Db, app: AppRow): Promise<void> => {
  await db.insertInto('apps').values(app).execute()
}

/** Tells whether there was such an app. */
export async function updateApp(db: Db, tenantId: string, { appId, change }: { appId: string; change: Partial<AppRow> }): Promise<boolean> {
  const result = await db.updateTable('apps').set(change).where('tenant_id', '=', tenantId).where('id', '=', appId).executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** What names a state of an app's draft: the first two change whenever it does. */
export type DraftVersion = Pick<AppRow, 'draft_updated_at' | 'published_config_id'>

/** Changes the draft, unless it is no longer the one that `version` names: then false. */
export async function updateDraft(
  db: Db,
  tenantId: string,
  { appId, version, change }: { appId: string; version: DraftVersion; change: Partial<AppRow> },
): Promise<boolean> {
  const result = await db
    .updateTable('apps')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', appId)
    .where('draft_updated_at', version.draft_updated_at === null ? 'is' : '=', version.draft_updated_at)
    .where('published_config_id', version.published_config_id === null ? 'is' : '=', version.published_config_id)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Takes the row's lock until the transaction ends, by a write, which every dialect knows. Tells whether there was such an app. */
export async function lockAppRow(db: Db, tenantId: string, appId: string): Promise<boolean> {
  const result = await db
    .updateTable('apps')
    .set((expression) => ({ updated_at: expression.ref('updated_at') }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', appId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export const deleteAppRow = async (db: Db, tenantId: string, appId: string): Promise<void> => {
  await db.deleteFrom('apps').where('tenant_id', '=', tenantId).where('id', '=', appId).execute()
}

export interface AppFilter {
  readonly mode: AppRow['mode'] | 'all'
  /** Part of the name, in any case. */
  readonly name: string | undefined
  /** Any of these; empty means everybody. */
  readonly creatorIds: readonly string[]
  /** Bound to any of these; empty means whatever their tags. */
  readonly tagIds: readonly string[]
  /** Only those that this account starred. */
  readonly starredBy: string | undefined
}

export interface AppPage {
  readonly sortBy: 'last_modified' | 'recently_created' | 'earliest_created'
  /** Those that this account starred come before the others. */
  readonly starredFirstFor: string | undefined
  readonly offset: number
  readonly limit: number
}

export const listApps = (db: Db, tenantId: string, filter: AppFilter & AppPage): Promise<AppRow[]> => {
  const isAscending = filter.sortBy === 'earliest_created'
  const direction = isAscending ? 'asc' : 'desc'
  const account = filter.starredFirstFor
  const query = selectApps(db, tenantId, filter).selectAll()
  const ordered = account === undefined ? query : query.orderBy(sql`case when apps.id in (${starredBy(db, account)}) then 0 else 1 end`)
  return ordered
    .orderBy(filter.sortBy === 'last_modified' ? 'updated_at' : 'created_at', direction)
    .orderBy('id', direction)
    .offset(filter.offset)
    .limit(filter.limit)
    .execute()
}

export async function countApps(db: Db, tenantId: string, filter: AppFilter): Promise<number> {
  const row = await selectApps(db, tenantId, filter)
    .select((expression) => expression.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

const starredBy = (db: Db, accountId: string) => db.selectFrom('app_stars').select('app_id').where('account_id', '=', accountId)

function selectApps(db: Db, tenantId: string, { mode, name, creatorIds, tagIds, starredBy: account }: AppFilter) {
  let query = db.selectFrom('apps').where('tenant_id', '=', tenantId)
  if (mode !== 'all') query = query.where('mode', '=', mode)
  if (creatorIds.length > 0) query = query.where('created_by', 'in', creatorIds)
  if (tagIds.length > 0) query = query.where('id', 'in', boundToAny(db, tenantId, tagIds))
  if (account !== undefined) query = query.where('id', 'in', starredBy(db, account))
  if (name) query = query.where(sql<SqlBool>`lower(name) like ${containing(name.toLowerCase())} escape '!'`)
  return query
}

const boundToAny = (db: Db, tenantId: string, tagIds: readonly string[]) =>
  db.selectFrom('tag_bindings').select('target_id').where('tenant_id', '=', tenantId).where('tag_id', 'in', tagIds)

const containing = (text: string): string => `%${text.replace(/[!%_]/g, '!$&')}%`

/** Those of the files that are the icon of an app. */
export async function findAppIcons(db: Db, fileIds: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('apps').select('icon').distinct().where('icon', 'in', fileIds).execute()
  return rows.flatMap(({ icon }) => icon ?? [])
}

/** How the app answers with annotations; undefined where that was never set. */
export const findAnnotationSetting = (db: Db, tenantId: string, appId: string): Promise<AnnotationSettingsTable | undefined> =>
  db.selectFrom('annotation_settings').selectAll().where('tenant_id', '=', tenantId).where('app_id', '=', appId).executeTakeFirst()
