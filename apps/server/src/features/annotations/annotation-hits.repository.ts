import type { AnnotationHitsTable, Db } from '@trellis/db'

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
