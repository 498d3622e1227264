import { Readable } from 'node:stream'
import { type Annotation, AppError, consoleAnnotationRoutes as routes, type wire } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { AccountActor } from '../../http/actor.ts'
import { handled, type Mount } from '../../http/mount.ts'
import { readUpload, type UploadReader } from '../files/index.ts'
import { writeAnnotationCsv } from './annotation-csv.ts'
import type { AnnotationImports, ImportLimits } from './annotation-import.ts'
import type { AnnotationPlace, AnnotationService } from './annotations.service.ts'
import type { JobStates } from './job-state.ts'
import { presentAnnotation, presentHit } from './present-annotations.ts'
import type { AnnotationReply } from './reply/annotation-reply.service.ts'
import { presentSetting, toReplyWish } from './reply/reply-wire.ts'

export interface AnnotationRouteDependencies {
  readonly annotations: AnnotationService
  readonly imports: AnnotationImports
  readonly reply: AnnotationReply
  readonly states: JobStates
  readonly importLimits: Pick<ImportLimits, 'maxBytes'>
  readonly uploads: Pick<UploadReader, 'budget'>
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
}

/** Answers are what is annotated: workflows have none. */
const answeringModes: readonly wire.AppMode[] = ['chat', 'agent-chat', 'advanced-chat', 'completion']
const talkingModes: readonly wire.AppMode[] = ['chat', 'agent-chat', 'advanced-chat']

/** @throws `not_chat_app` */
export function assertTalking(app: Pick<AppsTable, 'mode'>): void {
  if (!talkingModes.includes(app.mode)) throw new AppError('not_chat_app')
}

export const isAnswering = ({ mode }: Pick<AppsTable, 'mode'>): boolean => answeringModes.includes(mode)

type PlaceOf = (actor: AccountActor, appId: string) => Promise<AnnotationPlace & { readonly app: AppsTable }>

/** `/console/api`: answers that people wrote. */
export function mountConsoleAnnotations(mount: Mount, dependencies: AnnotationRouteDependencies): void {
  const placeOf: PlaceOf = async ({ tenantId, accountId }, appId) => {
    const app = await dependencies.getApp(tenantId, appId)
    if (!isAnswering(app)) throw new AppError('app_not_found')
    return { app, accountId }
  }
  mountEntries(mount, dependencies, placeOf)
  mountLists(mount, dependencies, placeOf)
  mountImport(mount, dependencies, placeOf)
  mountReply(mount, dependencies, placeOf)
}

const given = (text: string | null | undefined): string | undefined => text ?? undefined

function mountEntries(mount: Mount, { annotations }: AnnotationRouteDependencies, placeOf: PlaceOf): void {
  mount(routes.createAnnotation).to(async ({ actor, params, body }) => {
    const place = await placeOf(actor, params.app_id)
    const text = { question: given(body.question), answer: given(body.answer ?? body.content) }
    const row = body.message_id
      ? await annotations.annotate(place, { ...text, messageId: body.message_id })
      : await annotations.create(place, text)
    return presentAnnotation(row)
  })
  mount(routes.updateAnnotation).to(async ({ actor, params, body }) => {
    const text = { question: given(body.question), answer: given(body.answer ?? body.content) }
    return presentAnnotation(await annotations.update(await placeOf(actor, params.app_id), { ...text, id: params.annotation_id }))
  })
  mount(routes.deleteAnnotation).to(async ({ actor, params }) => {
    await annotations.delete((await placeOf(actor, params.app_id)).app, params.annotation_id)
    return null
  })
  mount(routes.deleteAnnotations).to(async ({ actor, params, query }) => {
    await annotations.deleteMany((await placeOf(actor, params.app_id)).app, query.annotation_id ?? 'all')
    return null
  })
}

function mountLists(mount: Mount, { annotations }: AnnotationRouteDependencies, placeOf: PlaceOf): void {
  mount(routes.listAnnotations).to(async ({ actor, params, query }) =>
    listPage(annotations, (await placeOf(actor, params.app_id)).app, query),
  )
  mount(routes.countAnnotations).to(async ({ actor, params }) => ({
    count: await annotations.count((await placeOf(actor, params.app_id)).app),
  }))
  mount(routes.listAnnotationHits).to(async ({ actor, params, query: { page, limit } }) => {
    const { app } = await placeOf(actor, params.app_id)
    const { total, rows } = await annotations.listHits(app, { id: params.annotation_id, page, limit })
    return { page, limit, total, has_more: page * limit < total, data: rows.map(presentHit) }
  })
  mount(routes.exportAnnotations).to(async ({ actor, params, query, reply }) => {
    const { app } = await placeOf(actor, params.app_id)
    if (query.format === 'json') return { data: await readAll(annotations, app) }
    await reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="annotations.csv"')
      .header('cache-control', 'no-store')
      .send(Readable.from(writeAnnotationCsv(annotations.walk(app))))
    return handled
  })
}

async function readAll(annotations: AnnotationService, app: AppsTable): Promise<Annotation[]> {
  const all: Annotation[] = []
  for await (const rows of annotations.walk(app)) all.push(...rows.map(presentAnnotation))
  return all
}

/** A page of both APIs. */
export async function listPage(
  annotations: AnnotationService,
  app: AppsTable,
  query: { readonly page: number; readonly limit: number; readonly keyword?: string | undefined },
) {
  const { page, limit } = query
  const { total, rows } = await annotations.list(app, { page, limit, keyword: query.keyword?.trim() || undefined })
  return { page, limit, total, has_more: page * limit < total, data: rows.map(presentAnnotation) }
}

function mountImport(mount: Mount, { imports, states, uploads, importLimits }: AnnotationRouteDependencies, placeOf: PlaceOf): void {
  mount(routes.importAnnotations).to(async ({ actor, params, request, reply }) => {
    const place = await placeOf(actor, params.app_id)
    const { file } = await readUpload(request, reply, { budget: uploads.budget, maxBytesOf: () => importLimits.maxBytes })
    if (!file.name.toLowerCase().endsWith('.csv')) {
      const message = 'Only CSV files can be imported. Save the sheet as CSV.'
      throw new AppError('invalid_param', { message, param: 'file', refusal: { reason: 'csv_only', values: {} } })
    }
    const { jobId, count } = await imports.start(place, file.bytes)
    return { job_id: jobId, job_status: 'waiting', record_count: count }
  })
  mount(routes.getAnnotationImport).to(async ({ actor, params }) => {
    const { app } = await placeOf(actor, params.app_id)
    return states.read({ kind: 'import', appId: app.id, jobId: params.job_id })
  })
}

function mountReply(mount: Mount, { reply, states }: AnnotationRouteDependencies, placeOf: PlaceOf): void {
  mount(routes.switchAnnotationReply).to(async ({ actor, params, body }) => {
    const place = await placeOf(actor, params.app_id)
    assertTalking(place.app)
    const jobId = params.action === 'enable' ? await reply.enable(place, toReplyWish(body)) : await reply.disable(place)
    return { job_id: jobId, job_status: 'waiting' }
  })
  mount(routes.getAnnotationReplyJob).to(async ({ actor, params }) => {
    const { app } = await placeOf(actor, params.app_id)
    return states.read({ kind: params.action, appId: app.id, jobId: params.job_id })
  })
  mount(routes.getAnnotationSetting).to(async ({ actor, params }) =>
    presentSetting(await reply.find((await placeOf(actor, params.app_id)).app)),
  )
  mount(routes.updateAnnotationSetting).to(async ({ actor, params, body }) => {
    const wish = { id: params.setting_id, threshold: body.score_threshold }
    return presentSetting(await reply.setThreshold(await placeOf(actor, params.app_id), wish))
  })
}
