import type { AnnotationHitsTable, Db } from '@trellis/db'
import { sql } from 'kysely'

export type AnnotationHitRow = AnnotationHitsTable

interface HitsOf {
  readonly appId: string
  readonly annotationId: string
}

const select = (db: Db, tenantId: string, { appId, annotationId }: HitsOf) =>
  db.selectFrom('annotation_hits').where('tenant_id', '=', tenantId).where('app_id', '=', appId).where('annotation_id', '=', annotationId)

/** Newest first. */
export const listHits = (
  db: Db,
  tenantId: string,
  { offset, limit, ...hits }: HitsOf & { readonly offset: number; readonly limit: number },
): Promise<AnnotationHitRow[]> =>
  select(db, tenantId, hits).selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').offset(offset).limit(limit).execute()

export async function countHits(db: Db, tenantId: string, hits: HitsOf): Promise<number> {
  const row = await select(db, tenantId, hits)
    .select((expression) => expression.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Counts once for a message, however often its turn is looked at. */
export async function recordHit(db: Db, hit: AnnotationHitRow): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('annotation_hits')
    .values(hit)
    .onConflict((conflict) => conflict.column('message_id').doNothing())
    .executeTakeFirst()
  if (!numInsertedOrUpdatedRows) return
  await db
    .updateTable('annotations')
    .set({ hit_count: sql<number>`hit_count + 1` })
    .where('tenant_id', '=', hit.tenant_id)
    .where('id', '=', hit.annotation_id)
    .execute()
}
