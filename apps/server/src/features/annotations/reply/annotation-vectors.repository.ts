import { type AnnotationVectorsTable, createRowInsert, type Db } from '@trellis/db'

export type VectorRow = AnnotationVectorsTable

export interface VectorsOf {
  readonly appId: string
  /** Provider and model. */
  readonly model: string
}

export interface UnembeddedQuestion {
  readonly id: string
  readonly question: string
  readonly question_hash: string
}

/** Some of the annotations without a vector of their present question. */
export const listUnembedded = (
  db: Db,
  tenantId: string,
  { appId, model, limit }: VectorsOf & { readonly limit: number },
): Promise<UnembeddedQuestion[]> =>
  selectUnembedded(db, tenantId, { appId, model })
    .select(['annotations.id', 'question', 'annotations.question_hash'])
    .limit(limit)
    .execute()

export async function countUnembedded(db: Db, tenantId: string, of: VectorsOf): Promise<number> {
  const row = await selectUnembedded(db, tenantId, of)
    .select((expression) => expression.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

const selectUnembedded = (db: Db, tenantId: string, { appId, model }: VectorsOf) =>
  db
    .selectFrom('annotations')
    .leftJoin('annotation_vectors', (join) =>
      join
        .onRef('annotation_vectors.annotation_id', '=', 'annotations.id')
        .onRef('annotation_vectors.question_hash', '=', 'annotations.question_hash')
        .on('annotation_vectors.model', '=', model),
    )
    .where('annotations.tenant_id', '=', tenantId)
    .where('annotations.app_id', '=', appId)
    .where('annotation_vectors.id', 'is', null)

const rowInsert = createRowInsert('annotation_vectors', {
  id: true,
  tenant_id: true,
  app_id: true,
  annotation_id: true,
  model: true,
  question_hash: true,
  vector: true,
})

/** In the stead of those that the annotations had of that model. */
export async function replaceVectors(db: Db, tenantId: string, { model }: VectorsOf, rows: readonly VectorRow[]): Promise<void> {
  const ids = rows.map((row) => row.annotation_id)
  await db
    .deleteFrom('annotation_vectors')
    .where('tenant_id', '=', tenantId)
    .where('model', '=', model)
    .where('annotation_id', 'in', ids)
    .execute()
  await rowInsert.insert(db, rows)
}

/** Which there are, without what they hold: an edit makes another one. */
export const listVectorKeys = (db: Db, tenantId: string, { appId, model }: VectorsOf): Promise<Pick<VectorRow, 'id'>[]> =>
  db
    .selectFrom('annotation_vectors')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('model', '=', model)
    .execute()

export const listVectors = (db: Db, tenantId: string, ids: readonly string[]): Promise<VectorRow[]> =>
  db.selectFrom('annotation_vectors').selectAll().where('tenant_id', '=', tenantId).where('id', 'in', ids).execute()

/** Those of every other model; all where none is kept. */
export const deleteOtherVectors = async (
  db: Db,
  tenantId: string,
  { appId, model }: { readonly appId: string; readonly model: string | undefined },
): Promise<void> => {
  const query = db.deleteFrom('annotation_vectors').where('tenant_id', '=', tenantId).where('app_id', '=', appId)
  await (model === undefined ? query : query.where('model', '!=', model)).execute()
}
