import { AppError } from '@trellis/contracts'
import { type AppsTable, type Db, inTransaction, isUniqueViolation } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { findMessage } from '../conversations/index.ts'
import { type AnnotationHitRow, countHits, listHits } from './annotation-hits.repository.ts'
import {
  type AnnotationRow,
  countAnnotations,
  deleteAnnotations,
  findAnnotation,
  findByMessage,
  insertAnnotation,
  listAnnotations,
  updateAnnotation,
} from './annotations.repository.ts'
import { hashQuestion } from './question-hash.ts'

/** An app, and who writes in it. */
export interface AnnotationPlace {
  readonly app: Pick<AppsTable, 'id' | 'tenant_id'>
  readonly accountId: string
}

export interface AnnotationText {
  readonly question?: string | undefined
  readonly answer?: string | undefined
}

interface PageWish {
  readonly page: number
  readonly limit: number
}

interface CountedPage<Row> {
  readonly total: number
  readonly rows: readonly Row[]
}

/** Answers that people wrote. */
export interface AnnotationService {
  list(app: AnnotationPlace['app'], page: PageWish & { readonly keyword: string | undefined }): Promise<CountedPage<AnnotationRow>>
  count(app: AnnotationPlace['app']): Promise<number>
  /** All, newest first, a batch at a time. */
  walk(app: AnnotationPlace['app']): AsyncGenerator<readonly AnnotationRow[], void, undefined>
  /** @throws `invalid_param` where question or answer is empty */
  create(place: AnnotationPlace, text: AnnotationText): Promise<AnnotationRow>
  /** The message's annotation, made or replaced. @throws `not_found`, `invalid_param` */
  annotate(place: AnnotationPlace, message: AnnotationText & { readonly messageId: string }): Promise<AnnotationRow>
  /** What is not named stays. @throws `not_found`, `invalid_param` */
  update(place: AnnotationPlace, annotation: AnnotationText & { readonly id: string }): Promise<AnnotationRow>
  /** @throws `not_found` */
  delete(app: AnnotationPlace['app'], id: string): Promise<void>
  /** Those that are gone already are passed over. @throws `not_found` where each of them is */
  deleteMany(app: AnnotationPlace['app'], ids: readonly string[] | 'all'): Promise<void>
  /** @throws `not_found` */
  listHits(app: AnnotationPlace['app'], hits: PageWish & { readonly id: string }): Promise<CountedPage<AnnotationHitRow>>
}

export interface AnnotationServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  /** Called in the transaction of each change of questions. */
  readonly onChange: (db: Db, app: AnnotationPlace['app']) => Promise<void>
  /** Called once a question was written: what finds it by its meaning is to be made. */
  readonly onWritten: (app: AnnotationPlace['app']) => Promise<void>
}

const BATCH = 500

export function createAnnotationService(dependencies: AnnotationServiceDependencies): AnnotationService {
  const { db, onChange } = dependencies
  const get = async ({ id: appId, tenant_id: tenantId }: AnnotationPlace['app'], id: string): Promise<AnnotationRow> => {
    const row = await findAnnotation(db, tenantId, { appId, id })
    if (!row) throw new AppError('not_found', { message: 'Annotation not found.' })
    return row
  }
  const remove: AnnotationService['deleteMany'] = (app, ids) =>
    inTransaction(db, async (db) => {
      const count = await deleteAnnotations(db, app.tenant_id, { appId: app.id, ids })
      if (count === 0 && ids !== 'all') throw new AppError('not_found', { message: 'Annotation not found.' })
      await onChange(db, app)
    })
  return {
    async list({ id: appId, tenant_id: tenantId }, { page, limit, keyword }) {
      const [total, rows] = await Promise.all([
        countAnnotations(db, tenantId, { appId, keyword }),
        listAnnotations(db, tenantId, { appId, keyword, offset: (page - 1) * limit, limit }),
      ])
      return { total, rows }
    },
    count: ({ id: appId, tenant_id: tenantId }) => countAnnotations(db, tenantId, { appId, keyword: undefined }),
    async *walk({ id: appId, tenant_id: tenantId }) {
      for (let offset = 0; ; offset += BATCH) {
        const rows = await listAnnotations(db, tenantId, { appId, keyword: undefined, offset, limit: BATCH })
        if (rows.length > 0) yield rows
        if (rows.length < BATCH) return
      }
    },
    create: (place, text) => write(dependencies, place, text),
    async annotate(place, { messageId, ...text }) {
      const message = await findMessage(db, place.app.tenant_id, { appId: place.app.id, id: messageId })
      if (!message) throw new AppError('not_found', { message: 'Message Not Exists.' })
      const known = await findByMessage(db, place.app.tenant_id, messageId)
      if (known) return change(dependencies, place, known, text)
      const whole = { ...text, question: text.question ?? message.query }
      try {
        return await write(dependencies, place, whole, { message_id: message.id, conversation_id: message.conversation_id })
      } catch (error) {
        // Somebody else was quicker: theirs is replaced.
        const other = isUniqueViolation(error) && (await findByMessage(db, place.app.tenant_id, messageId))
        if (!other) throw error
        return change(dependencies, place, other, text)
      }
    },
    update: async (place, { id, ...text }) => change(dependencies, place, await get(place.app, id), text),
    delete: (app, id) => remove(app, [id]),
    deleteMany: async (app, ids) => {
      if (ids.length > 0) await remove(app, ids)
    },
    async listHits(app, { id, page, limit }) {
      await get(app, id)
      const hits = { appId: app.id, annotationId: id }
      const [total, rows] = await Promise.all([
        countHits(db, app.tenant_id, hits),
        listHits(db, app.tenant_id, { ...hits, offset: (page - 1) * limit, limit }),
      ])
      return { total, rows }
    },
  }
}

type Writing = Pick<AnnotationServiceDependencies, 'db' | 'clock' | 'onChange' | 'onWritten'>

async function write(
  { db, clock, onChange, onWritten }: Writing,
  { app, accountId }: AnnotationPlace,
  text: AnnotationText,
  of: Pick<AnnotationRow, 'message_id' | 'conversation_id'> = { message_id: null, conversation_id: null },
): Promise<AnnotationRow> {
  const question = requireText('question', text.question)
  const now = clock.now()
  const row: AnnotationRow = {
    ...of,
    id: newId(),
    tenant_id: app.tenant_id,
    app_id: app.id,
    question,
    question_hash: hashQuestion(question),
    answer: requireText('answer', text.answer),
    hit_count: 0,
    account_id: accountId,
    created_at: now,
    updated_at: now,
  }
  await inTransaction(db, async (db) => {
    await insertAnnotation(db, row)
    await onChange(db, app)
  })
  await onWritten(app)
  return row
}

async function change(
  { db, clock, onChange, onWritten }: Writing,
  { app, accountId }: AnnotationPlace,
  row: AnnotationRow,
  text: AnnotationText,
): Promise<AnnotationRow> {
  const question = requireText('question', text.question ?? row.question)
  const changed = {
    question,
    question_hash: hashQuestion(question),
    answer: requireText('answer', text.answer ?? row.answer),
    account_id: accountId,
    updated_at: clock.now(),
  }
  await inTransaction(db, async (db) => {
    await updateAnnotation(db, app.tenant_id, { id: row.id, change: changed })
    await onChange(db, app)
  })
  if (changed.question !== row.question) await onWritten(app)
  return { ...row, ...changed }
}

function requireText(param: 'question' | 'answer', given: string | undefined): string {
  const text = given?.replaceAll('\u0000', '').trim()
  if (!text) {
    const message = `${param} is required. Send a text that is not empty.`
    throw new AppError('invalid_param', { message, param, refusal: { reason: `${param}_empty`, values: {} } })
  }
  return text
}
