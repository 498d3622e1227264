import { type AnnotationsTable, createRowInsert, type Db } from '@trellis/db'
import { type SqlBool, sql } from 'kysely'

export type AnnotationRow = AnnotationsTable

export interface AnnotationFilter {
  readonly appId: string
  /** Part of question or answer, in any case. */
  readonly keyword: string | undefined
}

function select(db: Db, tenantId: string, { appId, keyword }: AnnotationFilter) {
  const query = db.selectFrom('annotations').where('tenant_id', '=', tenantId).where('app_id', '=', appId)
  return keyword ? query.where((where) => where.or([holds('question', keyword), holds('answer', keyword)])) : query
}

/** Both sides by the database's own rules. */
function holds(name: 'question' | 'answer', text: string) {
  const pattern = `%${text.replace(/[!%_]/g, '!$&')}%`
  return sql<SqlBool>`lower(${sql.ref(name)}) like lower(${pattern}) escape '!'`
}

/** Newest first. */
export const listAnnotations = (
  db: Db,
  tenantId: string,
  { offset, limit, ...filter }: AnnotationFilter & { readonly offset: number; readonly limit: number },
): Promise<AnnotationRow[]> =>
  select(db, tenantId, filter).selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').offset(offset).limit(limit).execute()

export async function countAnnotations(db: Db, tenantId: string, filter: AnnotationFilter): Promise<number> {
  const row = await select(db, tenantId, filter)
    .select((expression) => expression.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export interface AnnotationKey {
  readonly appId: string
  readonly id: string
}

export const findAnnotation = (db: Db, tenantId: string, { appId, id }: AnnotationKey): Promise<AnnotationRow | undefined> =>
  db
    .selectFrom('annotations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('id', '=', id)
    .executeTakeFirst()

/** The one that was written first, where several are to the same question. */
export const findByQuestion = (
  db: Db,
  tenantId: string,
  { appId, questionHash }: { readonly appId: string; readonly questionHash: string },
): Promise<AnnotationRow | undefined> =>
  db
    .selectFrom('annotations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('question_hash', '=', questionHash)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

export const findByMessage = (db: Db, tenantId: string, messageId: string): Promise<AnnotationRow | undefined> =>
  db.selectFrom('annotations').selectAll().where('tenant_id', '=', tenantId).where('message_id', '=', messageId).executeTakeFirst()

const rowInsert = createRowInsert('annotations', {
  id: true,
  tenant_id: true,
  app_id: true,
  question: true,
  question_hash: true,
  answer: true,
  hit_count: true,
  account_id: true,
  conversation_id: true,
  message_id: true,
  created_at: true,
  updated_at: true,
})

/** @throws a unique violation where the message has one already */
export const insertAnnotation = (db: Db, annotation: AnnotationRow): Promise<void> => rowInsert.insert(db, [annotation])

/** Those that are not there yet: a job that is tried again inserts the same rows. */
export async function insertMissing(db: Db, tenantId: string, annotations: readonly AnnotationRow[]): Promise<void> {
  const ids = annotations.map(({ id }) => id)
  const known = await db.selectFrom('annotations').select('id').where('tenant_id', '=', tenantId).where('id', 'in', ids).execute()
  const there = new Set(known.map(({ id }) => id))
  await rowInsert.insert(
    db,
    annotations.filter(({ id }) => !there.has(id)),
  )
}

export type AnnotationChange = Pick<AnnotationRow, 'question' | 'question_hash' | 'answer' | 'account_id' | 'updated_at'>

/** What found it by another question does not find it any more. */
export const updateAnnotation = async (
  db: Db,
  tenantId: string,
  { id, change }: { readonly id: string; readonly change: AnnotationChange },
): Promise<void> => {
  await db.updateTable('annotations').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
  await db
    .deleteFrom('annotation_vectors')
    .where('tenant_id', '=', tenantId)
    .where('annotation_id', '=', id)
    .where('question_hash', '!=', change.question_hash)
    .execute()
}

/** With what found them and what they answered; tells how many there were. */
export async function deleteAnnotations(
  db: Db,
  tenantId: string,
  { appId, ids }: { readonly appId: string; readonly ids: readonly string[] | 'all' },
): Promise<number> {
  for (const table of ['annotation_hits', 'annotation_vectors'] as const) {
    const query = db.deleteFrom(table).where('tenant_id', '=', tenantId).where('app_id', '=', appId)
    await (ids === 'all' ? query : query.where('annotation_id', 'in', ids)).execute()
  }
  const query = db.deleteFrom('annotations').where('tenant_id', '=', tenantId).where('app_id', '=', appId)
  const result = await (ids === 'all' ? query : query.where('id', 'in', ids)).executeTakeFirst()
  return Number(result.numDeletedRows)
}
