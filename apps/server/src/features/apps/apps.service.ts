import { AppError } from '@trellis/contracts'
import { type Db, inTransaction, toFlag, toJsonText } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock, JobQueue } from '@trellis/spec'
import { assertIcon, type IconFiles, type Sites } from '../sites/index.ts'
import { type BoundTag, deleteBindingsOfTarget, listTagsOfTargets } from '../tags/index.ts'
import { type DraftStore, type InsertDraft, isWorkflowMode, type WorkflowReference } from '../workflows/index.ts'
import { type AppModels, findDefaultModel } from './app-config.service.ts'
import { type AppConfigRow, findConfigById, insertConfig, listConfigsByIds } from './app-configs.repository.ts'
import { deleteStar, findStarred, insertStar } from './app-stars.repository.ts'
import { type AppReference, enqueueAppDeletion } from './apps.jobs.ts'
import { assertCreatable, isBasicMode } from './apps.policy.ts'
import {
  type AppFilter,
  type AppPage,
  type AppRow,
  countApps,
  deleteAppRow,
  findAnnotationSetting,
  findAppById,
  insertApp,
  listApps,
  lockAppRow,
  updateApp,
} from './apps.repository.ts'
import { defaultConfig } from './default-config.ts'
import type { AppParts } from './present-app.ts'

type Icon = Pick<AppRow, 'icon_type' | 'icon' | 'icon_background'>

export interface AppLook extends Icon {
  readonly name: string
  readonly description: string
}

export interface Editor {
  readonly tenantId: string
  readonly accountId: string
  /** That the console is shown to them in, where it says so; the account's own where not. */
  readonly language?: string | undefined
}

export interface ListedApp {
  readonly app: AppRow
  readonly config: AppConfigRow | undefined
  readonly workflow: WorkflowReference | undefined
  readonly creatorName: string | undefined
  readonly tags: readonly BoundTag[]
  readonly isStarred: boolean
}

/** What a new app is made of. */
export interface AppContent {
  /** Of basic apps: published at once, where there is one. */
  readonly config?: string | undefined
  /** Of basic apps: what the editor shows instead of what is published. */
  readonly draftConfig?: string | undefined
  /** Of basic apps: what else an app file held. */
  readonly fileExtra?: string | undefined
  /** Of workflows and chatflows. */
  readonly insertDraft?: InsertDraft | undefined
}

export interface AppService {
  /** Stars are those of the reader. */
  list(reader: Editor, wanted: AppFilter & AppPage): Promise<{ readonly apps: readonly ListedApp[]; readonly total: number }>
  find(tenantId: string, appId: string): Promise<AppRow | undefined>
  /** @throws `app_not_found` */
  get(tenantId: string, appId: string): Promise<AppRow>
  /** Makes other changers of the app wait until the transaction ends. @throws `app_not_found` */
  lock(db: Db, tenantId: string, appId: string): Promise<void>
  /** What belongs to an app and is shown with it. */
  partsOf(app: AppRow): Promise<AppParts>
  /**
   * Without content, with what apps of the mode begin with: basic ones are published at once where the workspace has a model, others are
   * drafts. @throws `invalid_param` for modes to come and unknown pictures */
  create(editor: Editor, look: NewApp, content?: AppContent): Promise<AppRow>
  /** With configuration and draft, without versions, conversations and keys. What is undefined is taken from the original. */
  copy(editor: Editor, appId: string, look: { readonly [K in keyof AppLook]: AppLook[K] | undefined }): Promise<AppRow>
  /** @throws `app_not_found`, `invalid_param` */
  update(editor: Editor, appId: string, change: Partial<AppRow>): Promise<AppRow>
  /** Stars are seen by who sets them and by nobody else. @throws `app_not_found` */
  setStar(reader: Editor, appId: string, isStarred: boolean): Promise<void>
  /** The app is gone when this returns; what it left behind is cleared away by a job. @throws `app_not_found` */
  delete(tenantId: string, appId: string): Promise<void>
}

export interface AppServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly queue: JobQueue
  readonly sites: Sites
  readonly drafts: DraftStore
  readonly models: AppModels
  readonly files: IconFiles
  /** Names of accounts by id; ids of none are left out. */
  readonly namesOf: (accountIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** The language that an account reads, for the pages of the apps that it makes. */
  readonly languageOf: (accountId: string) => Promise<string>
}

type AppLimits = Pick<AppRow, 'max_active_requests' | 'requests_per_minute' | 'requests_per_hour' | 'requests_per_day'>

const limitsOf = ({ max_active_requests, requests_per_minute, requests_per_hour, requests_per_day }: AppLimits): AppLimits => ({
  max_active_requests,
  requests_per_minute,
  requests_per_hour,
  requests_per_day,
})

type NewApp = AppLook & Pick<AppRow, 'mode'> & Partial<Pick<AppRow, 'use_icon_as_answer_icon' | keyof AppLimits>>

export function createAppService(dependencies: AppServiceDependencies): AppService {
  const { db, queue, clock, sites, drafts, files } = dependencies
  const get = async (tenantId: string, appId: string): Promise<AppRow> => {
    const app = await findAppById(db, tenantId, appId)
    if (!app) throw new AppError('app_not_found')
    return app
  }
  return {
    list: (reader, wanted) => listWhole(dependencies, reader, wanted),
    find: (tenantId, appId) => findAppById(db, tenantId, appId),
    get,
    async lock(db, tenantId, appId) {
      if (!(await lockAppRow(db, tenantId, appId))) throw new AppError('app_not_found')
    },
    async partsOf(app) {
      const workflowId = app.published_workflow_id
      const [config, workflows, site, tags, annotationSetting] = await Promise.all([
        app.published_config_id === null ? undefined : findConfigById(db, app.tenant_id, app.published_config_id),
        workflowId === null ? undefined : drafts.referencesOf(app.tenant_id, [workflowId]),
        sites.find(app.tenant_id, app.id),
        listTagsOfTargets(db, app.tenant_id, [app.id]),
        findAnnotationSetting(db, app.tenant_id, app.id),
      ])
      return {
        config,
        annotationSetting,
        site,
        tags: tags.get(app.id) ?? [],
        workflow: workflowId === null ? undefined : workflows?.get(workflowId),
      }
    },
    async create(editor, look, content) {
      if (!content) assertCreatable(look.mode)
      await assertIcon(files, editor.tenantId, look)
      return insertWhole(dependencies, editor, { look, content: content ?? (await beginningOf(dependencies, editor.tenantId, look.mode)) })
    },
    async copy(editor, appId, look) {
      const { tenantId } = editor
      const original = await get(tenantId, appId)
      const copy = {
        mode: original.mode,
        name: look.name ?? original.name,
        description: look.description ?? original.description,
        icon_type: look.icon_type ?? original.icon_type,
        icon: look.icon ?? original.icon,
        icon_background: look.icon_background ?? original.icon_background,
      }
      await assertIcon(files, tenantId, copy)
      const { use_icon_as_answer_icon } = original
      const content = await contentOf(dependencies, original)
      return insertWhole(dependencies, editor, { look: { ...copy, use_icon_as_answer_icon, ...limitsOf(original) }, content })
    },
    async update({ tenantId, accountId }, appId, change) {
      const app = await get(tenantId, appId)
      if (change.icon !== undefined || change.icon_type !== undefined) await assertIcon(files, tenantId, { ...app, ...change })
      await updateApp(db, tenantId, { appId, change: { ...change, updated_by: accountId, updated_at: clock.now() } })
      return get(tenantId, appId)
    },
    async setStar({ tenantId, accountId }, appId, isStarred) {
      await get(tenantId, appId)
      if (isStarred) await insertStar(db, tenantId, { accountId, appId, now: clock.now() })
      else await deleteStar(db, tenantId, { accountId, appId })
    },
    async delete(tenantId, appId) {
      await get(tenantId, appId)
      const app: AppReference = { tenantId, appId }
      // The job first: should the process die in between, the job deletes the row as well.
      await enqueueAppDeletion(queue, app)
      await inTransaction(db, async (db) => {
        await deleteAppRow(db, tenantId, appId)
        await sites.deleteOf(db, tenantId, appId)
        await deleteBindingsOfTarget(db, tenantId, appId)
      })
    },
  }
}

async function beginningOf({ models, drafts }: AppServiceDependencies, tenantId: string, mode: AppRow['mode']): Promise<AppContent> {
  const model = await findDefaultModel(models, tenantId)
  if (isWorkflowMode(mode)) return { insertDraft: drafts.newDraft(mode, model) }
  return { config: isBasicMode(mode) && model ? toJsonText(defaultConfig(mode, model)) : undefined }
}

async function contentOf({ db, drafts }: AppServiceDependencies, app: AppRow): Promise<AppContent> {
  if (isWorkflowMode(app.mode)) return { insertDraft: await drafts.copyOfDraft(app.tenant_id, app.id) }
  const published = app.published_config_id && (await findConfigById(db, app.tenant_id, app.published_config_id))
  return {
    config: published ? published.config : undefined,
    draftConfig: app.draft_config ?? undefined,
    fileExtra: app.file_extra ?? undefined,
  }
}

async function listWhole({ db, drafts, namesOf }: AppServiceDependencies, { tenantId, accountId }: Editor, wanted: AppFilter & AppPage) {
  const [rows, total] = await Promise.all([listApps(db, tenantId, wanted), countApps(db, tenantId, wanted)])
  const configIds = rows.flatMap((row) => row.published_config_id ?? [])
  const workflowIds = rows.flatMap((row) => row.published_workflow_id ?? [])
  const ids = rows.map((row) => row.id)
  const [configs, workflows, names, tags, starred] = await Promise.all([
    listConfigsByIds(db, tenantId, configIds),
    drafts.referencesOf(tenantId, workflowIds),
    namesOf([...new Set(rows.map((row) => row.created_by))]),
    listTagsOfTargets(db, tenantId, ids),
    findStarred(db, accountId, ids),
  ])
  const configOf = new Map(configs.map((config) => [config.app_id, config]))
  const apps = rows.map((app) => ({
    app,
    config: configOf.get(app.id),
    workflow: workflows.get(app.published_workflow_id ?? ''),
    creatorName: names.get(app.created_by),
    tags: tags.get(app.id) ?? [],
    isStarred: starred.has(app.id),
  }))
  return { total, apps }
}

async function insertWhole(
  { db, clock, sites, languageOf }: AppServiceDependencies,
  { tenantId, accountId, language }: Editor,
  { look, content: { config, draftConfig, fileExtra, insertDraft } }: { readonly look: NewApp; readonly content: AppContent },
): Promise<AppRow> {
  const now = clock.now()
  const id = newId()
  const published: AppConfigRow | undefined =
    config === undefined ? undefined : { id: newId(), tenant_id: tenantId, app_id: id, config, created_by: accountId, created_at: now }
  const audit = { created_by: accountId, created_at: now, updated_by: accountId, updated_at: now }
  const app: AppRow = {
    enable_site: 1,
    enable_api: 1,
    use_icon_as_answer_icon: toFlag(false),
    max_active_requests: null,
    requests_per_minute: null,
    requests_per_hour: null,
    requests_per_day: null,
    draft_config: draftConfig ?? null,
    draft_updated_at: draftConfig === undefined ? null : now,
    published_workflow_id: null,
    file_extra: fileExtra ?? null,
    ...look,
    id,
    tenant_id: tenantId,
    published_config_id: published?.id ?? null,
    ...audit,
  }
  const siteLanguage = language ?? (await languageOf(accountId))
  await inTransaction(db, async (db) => {
    await insertApp(db, app)
    if (published) await insertConfig(db, published)
    await insertDraft?.(db, app)
    await sites.createFor(db, app, siteLanguage)
  })
  return app
}
