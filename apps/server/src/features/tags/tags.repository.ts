import type { Db, TagsTable } from '@trellis/db'
import { type SqlBool, sql } from 'kysely'

export type TagRow = TagsTable

export interface CountedTagRow extends TagRow {
  readonly bindings: number
}

export interface TagFilter {
  readonly type: TagRow['type'] | undefined
  /** Part of the name, in any case. */
  readonly keyword: string
}

/** Newest first. */
export async function listTags(db: Db, tenantId: string, { type, keyword }: TagFilter): Promise<CountedTagRow[]> {
  let query = selectCounted(db, tenantId)
  if (type) query = query.where('tags.type', '=', type)
  if (keyword) query = query.where(sql<SqlBool>`lower(tags.name) like ${containing(keyword.toLowerCase())} escape '!'`)
  const rows = await query.orderBy('tags.created_at', 'desc').orderBy('tags.id', 'desc').execute()
  return rows.map(withCount)
}

export async function findTag(db: Db, tenantId: string, tagId: string): Promise<CountedTagRow | undefined> {
  const row = await selectCounted(db, tenantId).where('tags.id', '=', tagId).executeTakeFirst()
  return row && withCount(row)
}

const selectCounted = (db: Db, tenantId: string) =>
  db
    .selectFrom('tags')
    .selectAll('tags')
    .select((expression) =>
      expression
        .selectFrom('tag_bindings')
        .whereRef('tag_bindings.tag_id', '=', 'tags.id')
        .select((count) => count.fn.countAll().as('count'))
        .as('bindings'),
    )
    .where('tags.tenant_id', '=', tenantId)

const withCount = <Row extends { bindings: string | number | bigint | null }>(row: Row) => ({ ...row, bindings: Number(row.bindings) })

const containing = (text: string): string => `%${text.replace(/[!%_]/g, '!$&')}%`

export const insertTag = async (db: Db, tag: TagRow): Promise<void> => {
  await db.insertInto('tags').values(tag).execute()
}

/** Tells whether there was such a tag. */
export async function renameTag(db: Db, tenantId: string, { tagId, name }: { tagId: string; name: string }): Promise<boolean> {
  const result = await db.updateTable('tags').set({ name }).where('tenant_id', '=', tenantId).where('id', '=', tagId).executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Tells whether there was such a tag. */
export async function deleteTag(db: Db, tenantId: string, tagId: string): Promise<boolean> {
  await db.deleteFrom('tag_bindings').where('tenant_id', '=', tenantId).where('tag_id', '=', tagId).execute()
  const result = await db.deleteFrom('tags').where('tenant_id', '=', tenantId).where('id', '=', tagId).executeTakeFirst()
  return result.numDeletedRows > 0n
}

export interface Binding {
  readonly tagIds: readonly string[]
  readonly targetId: string
}

/** Those of the tags that there are, of one type. */
export async function findTagIds(
  db: Db,
  tenantId: string,
  { tagIds, type }: { tagIds: readonly string[]; type: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('tags')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', tagIds)
    .where(sql<SqlBool>`type = ${type}`)
    .execute()
  return rows.map(({ id }) => id)
}

export async function insertBindings(
  db: Db,
  tenantId: string,
  { tagIds, targetId, accountId, now }: Binding & { readonly accountId: string; readonly now: number },
): Promise<void> {
  const rows = tagIds.map((tag_id) => ({ tag_id, target_id: targetId, tenant_id: tenantId, created_by: accountId, created_at: now }))
  await db
    .insertInto('tag_bindings')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteBindings(db: Db, tenantId: string, { tagIds, targetId }: Binding): Promise<void> {
  await db
    .deleteFrom('tag_bindings')
    .where('tenant_id', '=', tenantId)
    .where('target_id', '=', targetId)
    .where('tag_id', 'in', tagIds)
    .execute()
}

/** For whoever deletes what was tagged. */
export const deleteBindingsOfTarget = async (db: Db, tenantId: string, targetId: string): Promise<void> => {
  await db.deleteFrom('tag_bindings').where('tenant_id', '=', tenantId).where('target_id', '=', targetId).execute()
}

export type BoundTag = Pick<TagRow, 'id' | 'name' | 'type'>

/** The tags of each, by name; what has none is left out. */
export async function listTagsOfTargets(db: Db, tenantId: string, targetIds: readonly string[]): Promise<ReadonlyMap<string, BoundTag[]>> {
  const tags = new Map<string, BoundTag[]>()
  if (targetIds.length === 0) return tags
  const rows = await db
    .selectFrom('tag_bindings')
    .innerJoin('tags', 'tags.id', 'tag_bindings.tag_id')
    .select(['tag_bindings.target_id', 'tags.id', 'tags.name', 'tags.type'])
    .where('tag_bindings.tenant_id', '=', tenantId)
    .where('tag_bindings.target_id', 'in', targetIds)
    .orderBy('tags.name')
    .orderBy('tags.id')
    .execute()
  for (const { target_id, ...tag } of rows) tags.set(target_id, [...(tags.get(target_id) ?? []), tag])
  return tags
}
