import type { AppsTable, Db } from '@trellis/db'
import type { JobRegistration } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import type { BasicConfig } from '../turns/index.ts'
import { createAppConfigService } from './app-config.service.ts'
import { findConfigById } from './app-configs.repository.ts'
import { hasUnfinishedRuns } from './app-data.repository.ts'
import { createAppJobs } from './apps.jobs.ts'
import { countApps, findAppById, updateApp } from './apps.repository.ts'
import { type AppRouteDependencies, mountAppRoutes } from './apps.routes.ts'
import { type AppService, type AppServiceDependencies, createAppService } from './apps.service.ts'
import { mountDraftConfigRoutes } from './draft-config.routes.ts'
import { type ImportedConfig, readImportedConfig } from './imported-config.ts'
import { type AppLimitDependencies, mountAppLimitRoutes } from './limits.routes.ts'
import { createPublishedConfigs, findConfigInEditor, type PublishedConfig, parseConfig } from './published-configs.ts'

export interface AppsDependencies
  extends AppServiceDependencies,
    Pick<AppRouteDependencies, 'urls'>,
    Pick<AppLimitDependencies, 'limits'> {}

/** Apps: what they are called, what they are made of, which of it callers get. */
export interface Apps {
  mountRoutes(mount: Mount): void
  readonly jobs: readonly JobRegistration[]
  /** Only apps of this workspace are found. */
  findApp(tenantId: string, appId: string): Promise<AppsTable | undefined>
  /** @throws `app_not_found` */
  getApp(tenantId: string, appId: string): Promise<AppsTable>
  /** Makes other changers of the app wait until the transaction ends. @throws `app_not_found` */
  lockApp(db: Db, tenantId: string, appId: string): Promise<void>
  /** Makes an app of content that was checked. @throws `invalid_param` for unknown pictures */
  createApp: AppService['create']
  /** @throws `app_not_found`, `invalid_param` */
  updateApp: AppService['update']
  /** What a new app makes of a configuration from an app file. @throws `invalid_param` */
  readImportedConfig(source: {
    readonly tenantId: string
    readonly mode: AppsTable['mode']
    readonly text: string
  }): Promise<ImportedConfig>
  /** What the editor of a basic app works on, as stored: the draft, or what is published; undefined for an app that has neither. */
  readStoredConfig(app: AppsTable): Promise<string | undefined>
  /** Callers of the app get that version of its workflow from now on. */
  pointToWorkflow(db: Db, tenantId: string, version: WorkflowPointer & { readonly accountId: string }): Promise<void>
  /** Whether callers get that version of the workflow, or a run that has not ended needs it. */
  usesWorkflow(db: Db, tenantId: string, version: WorkflowPointer): Promise<boolean>
  countApps(tenantId: string): Promise<number>
  /** What callers of the app get; cached. @throws `app_unavailable` where the app was never published */
  getPublishedConfig(app: AppsTable): Promise<PublishedConfig>
  /** As its editor has it; undefined where there is none. */
  findConfigInEditor(app: AppsTable): Promise<BasicConfig | undefined>
  /** Reads a configuration that a caller brings along, such as the editor's. @throws `invalid_param` */
  parseConfig(value: unknown): BasicConfig
}

interface WorkflowPointer {
  readonly appId: string
  readonly workflowId: string
}

export function createApps(dependencies: AppsDependencies): Apps {
  const { db, clock, models } = dependencies
  const apps = createAppService(dependencies)
  const configs = createAppConfigService({ db, clock, models })
  const published = createPublishedConfigs({ db })
  return {
    jobs: createAppJobs(dependencies),
    findApp: apps.find,
    getApp: apps.get,
    lockApp: apps.lock,
    createApp: apps.create,
    updateApp: apps.update,
    readImportedConfig: (source) => readImportedConfig(models, source),
    readStoredConfig: async (app) =>
      app.draft_config ??
      (app.published_config_id ? (await findConfigById(db, app.tenant_id, app.published_config_id))?.config : undefined),
    async pointToWorkflow(db, tenantId, { appId, workflowId, accountId }) {
      const change = { published_workflow_id: workflowId, updated_by: accountId, updated_at: clock.now() }
      await updateApp(db, tenantId, { appId, change })
    },
    usesWorkflow: async (db, tenantId, { appId, workflowId }) =>
      (await findAppById(db, tenantId, appId))?.published_workflow_id === workflowId || (await hasUnfinishedRuns(db, tenantId, workflowId)),
    countApps: (tenantId) => countApps(db, tenantId, { mode: 'all', name: undefined, creatorIds: [], tagIds: [], starredBy: undefined }),
    getPublishedConfig: published.get,
    findConfigInEditor: (app) => findConfigInEditor(published, app),
    parseConfig,
    mountRoutes(mount) {
      mountAppRoutes(mount, { ...dependencies, apps, configs })
      mountAppLimitRoutes(mount, { ...dependencies, apps })
      mountDraftConfigRoutes(mount, configs)
    },
  }
}

export type { AppModels } from './app-config.service.ts'
export { listConfigsByIds } from './app-configs.repository.ts'
export { findAppIcons } from './apps.repository.ts'
export type { AppContent } from './apps.service.ts'
export type { DefaultModel } from './default-config.ts'
export type { ImportProblem } from './imported-config.ts'
export type { PublishedConfig } from './published-configs.ts'
