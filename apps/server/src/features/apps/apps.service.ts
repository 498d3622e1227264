import { AppError } from '@trellis/contracts'
import { type Db, inTransaction, toFlag, toJsonText } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock, JobQueue } from '@trellis/spec'
import { assertIcon, type IconFiles, type Sites } from '../sites/index.ts'
import { type AppModels, findDefaultModel } from './app-config.service.ts'
import { type AppConfigRow, findConfigById, insertConfig, listConfigsByIds } from './app-configs.repository.ts'
import { type AppReference, enqueueAppDeletion } from './apps.jobs.ts'
import { assertCreatable } from './apps.policy.ts'
import {
  type AppFilter,
  type AppPage,
  type AppRow,
  countApps,
  deleteAppRow,
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
}

export interface ListedApp {
  readonly app: AppRow
  readonly config: AppConfigRow | undefined
  readonly creatorName: string | undefined
}

export interface AppService {
  list(tenantId: string, wanted: AppFilter & AppPage): Promise<{ readonly apps: readonly ListedApp[]; readonly total: number }>
  find(tenantId: string, appId: string): Promise<AppRow | undefined>
  /** @throws `app_not_found` */
  get(tenantId: string, appId: string): Promise<AppRow>
  /** Makes other changers of the app wait until the transaction ends. @throws `app_not_found` */
  lock(db: Db, tenantId: string, appId: string): Promise<void>
  /** What belongs to an app and is shown with it. */
  partsOf(app: AppRow): Promise<AppParts>
  /** Published at once where the workspace has a model. @throws `invalid_param` for modes to come and unknown pictures */
  create(editor: Editor, look: AppLook & { readonly mode: AppRow['mode'] }): Promise<AppRow>
  /** With configuration and draft, without conversations and keys. What is undefined is taken from the original. */
  copy(editor: Editor, appId: string, look: { readonly [K in keyof AppLook]: AppLook[K] | undefined }): Promise<AppRow>
  /** @throws `app_not_found`, `invalid_param` */
  update(editor: Editor, appId: string, change: Partial<AppRow>): Promise<AppRow>
  /** The app is gone when this returns; what it left behind is cleared away by a job. @throws `app_not_found` */
  delete(tenantId: string, appId: string): Promise<void>
}

export interface AppServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly queue: JobQueue
  readonly sites: Sites
  readonly models: AppModels
  readonly files: IconFiles
  /** Names of accounts by id; ids of none are left out. */
  readonly namesOf: (accountIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** The language that an account reads, for the pages of the apps that it makes. */
  readonly languageOf: (accountId: string) => Promise<string>
}

type NewApp = AppLook &
  Pick<AppRow, 'mode'> &
  Partial<Pick<AppRow, 'use_icon_as_answer_icon' | 'max_active_requests' | 'draft_config' | 'draft_updated_at'>> & {
    /** Published at once, where there is one. */
    readonly config: string | undefined
  }

export function createAppService(dependencies: AppServiceDependencies): AppService {
  const { db, queue, clock, sites, models, files } = dependencies
  const get = async (tenantId: string, appId: string): Promise<AppRow> => {
    const app = await findAppById(db, tenantId, appId)
    if (!app) throw new AppError('app_not_found')
    return app
  }
  return {
    list: (tenantId, wanted) => listWhole(dependencies, tenantId, wanted),
    find: (tenantId, appId) => findAppById(db, tenantId, appId),
    get,
    async lock(db, tenantId, appId) {
      if (!(await lockAppRow(db, tenantId, appId))) throw new AppError('app_not_found')
    },
    async partsOf(app) {
      const [config, site] = await Promise.all([
        app.published_config_id === null ? undefined : findConfigById(db, app.tenant_id, app.published_config_id),
        sites.find(app.tenant_id, app.id),
      ])
      return { config, site }
    },
    async create(editor, look) {
      assertCreatable(look.mode)
      await assertIcon(files, editor.tenantId, look)
      const model = await findDefaultModel(models, editor.tenantId)
      return insertWhole(dependencies, editor, { ...look, config: model && toJsonText(defaultConfig(look.mode, model)) })
    },
    async copy(editor, appId, look) {
      const { tenantId } = editor
      const original = await get(tenantId, appId)
      assertCreatable(original.mode)
      const published = original.published_config_id && (await findConfigById(db, tenantId, original.published_config_id))
      const copy = {
        mode: original.mode,
        name: look.name ?? original.name,
        description: look.description ?? original.description,
        icon_type: look.icon_type ?? original.icon_type,
        icon: look.icon ?? original.icon,
        icon_background: look.icon_background ?? original.icon_background,
      }
      await assertIcon(files, tenantId, copy)
      return insertWhole(dependencies, editor, {
        ...copy,
        use_icon_as_answer_icon: original.use_icon_as_answer_icon,
        max_active_requests: original.max_active_requests,
        draft_config: original.draft_config,
        draft_updated_at: original.draft_updated_at,
        config: published ? published.config : undefined,
      })
    },
    async update({ tenantId, accountId }, appId, change) {
      const app = await get(tenantId, appId)
      if (change.icon !== undefined || change.icon_type !== undefined) await assertIcon(files, tenantId, { ...app, ...change })
      await updateApp(db, tenantId, { appId, change: { ...change, updated_by: accountId, updated_at: clock.now() } })
      return get(tenantId, appId)
    },
    async delete(tenantId, appId) {
      await get(tenantId, appId)
      const app: AppReference = { tenantId, appId }
      // The job first: should the process die in between, the job deletes the row as well.
      await enqueueAppDeletion(queue, app)
      await inTransaction(db, async (db) => {
        await deleteAppRow(db, tenantId, appId)
        await sites.deleteOf(db, tenantId, appId)
      })
    },
  }
}

async function listWhole({ db, namesOf }: AppServiceDependencies, tenantId: string, wanted: AppFilter & AppPage) {
  const [rows, total] = await Promise.all([listApps(db, tenantId, wanted), countApps(db, tenantId, wanted)])
  const configIds = rows.flatMap((row) => row.published_config_id ?? [])
  const [configs, names] = await Promise.all([
    listConfigsByIds(db, tenantId, configIds),
    namesOf([...new Set(rows.map((row) => row.created_by))]),
  ])
  const configOf = new Map(configs.map((config) => [config.app_id, config]))
  return { total, apps: rows.map((app) => ({ app, config: configOf.get(app.id), creatorName: names.get(app.created_by) })) }
}

async function insertWhole(
  { db, clock, sites, languageOf }: AppServiceDependencies,
  { tenantId, accountId }: Editor,
  { config, ...given }: NewApp,
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
    draft_config: null,
    draft_updated_at: null,
    published_workflow_id: null,
    ...given,
    id,
    tenant_id: tenantId,
    published_config_id: published?.id ?? null,
    ...audit,
  }
  const language = await languageOf(accountId)
  await inTransaction(db, async (db) => {
    await insertApp(db, app)
    if (published) await insertConfig(db, published)
    await sites.createFor(db, app, language)
  })
  return app
}
