import { AppError, type ModelConfig, modelConfigSchema } from '@trellis/contracts'
import { type AppsTable, type Db, fromJsonText, inTransaction, toJsonText } from '@trellis/db'
import { newId } from '@trellis/kit'
import { toWireProviderId } from '@trellis/models'
import type { Clock } from '@trellis/spec'
import { findConfigById, insertConfig } from './app-configs.repository.ts'
import { assertBasic, type BasicMode } from './apps.policy.ts'
import { findAppById, updateApp, updateDraft } from './apps.repository.ts'
import { checkConfig } from './check-config.ts'
import { dropReadOnlyKeys, hashConfig, keepKeysOf } from './config-document.ts'
import { type DefaultModel, defaultConfig } from './default-config.ts'
import { unknownModel } from './publish-obstacles.ts'

/** What this slice asks of models. */
export interface AppModels {
  /** The workspace's default language model, or any that it can use; undefined where there is none. */
  findDefaultModel(tenantId: string): Promise<DefaultModel | undefined>
  /** A language model that the workspace knows. @throws `provider_not_initialize` where its provider lacks credentials */
  describeModel(choice: {
    readonly tenantId: string
    readonly provider: string
    readonly model: string
  }): Promise<{ readonly mode?: 'chat' | 'completion' } | undefined>
  /** @throws AppError `invalid_param` where an app shall hear, speak or keep out what no model can */
  checkSections(tenantId: string, sections: object): Promise<void>
}

export interface ConfigOwner {
  readonly tenantId: string
  readonly appId: string
  readonly accountId: string
}

/** What the editor works on. */
export interface Draft {
  readonly config: ModelConfig
  readonly hash: string
  readonly updatedAt: number
  readonly hasUnpublishedChanges: boolean
}

export interface AppConfigService {
  /** @throws `app_not_found`, `provider_not_initialize` where there is nothing to begin with */
  getDraft(tenantId: string, appId: string): Promise<Draft>
  /** @throws `app_not_found`, `conflict` where the draft is no longer the one that `hash` names */
  saveDraft(owner: ConfigOwner, change: { readonly config: ModelConfig; readonly hash: string }): Promise<Draft>
  /** @throws `app_not_found` */
  discardDraft(owner: ConfigOwner): Promise<Draft>
  /** Callers get this from now on; the draft is the same. @throws `app_not_found`, `invalid_param`, `model_currently_not_support` */
  publish(owner: ConfigOwner, config: ModelConfig): Promise<void>
}

export interface AppConfigServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly models: AppModels
}

type BasicApp = AppsTable & { readonly mode: BasicMode }

export function createAppConfigService({ db, clock, models }: AppConfigServiceDependencies): AppConfigService {
  const getBasicApp = async (tenantId: string, appId: string): Promise<BasicApp> => {
    const app = await findAppById(db, tenantId, appId)
    if (!app) throw new AppError('app_not_found')
    assertBasic(app)
    return app
  }
  const readDraft = async (app: BasicApp): Promise<Draft> => {
    if (app.draft_config !== null) {
      const config = fromJsonText<ModelConfig>(app.draft_config)
      return { config, hash: hashConfig(config), updatedAt: app.draft_updated_at ?? app.updated_at, hasUnpublishedChanges: true }
    }
    const published = app.published_config_id && (await findConfigById(db, app.tenant_id, app.published_config_id))
    if (published) {
      const config = fromJsonText<ModelConfig>(published.config)
      return { config, hash: hashConfig(config), updatedAt: published.created_at, hasUnpublishedChanges: false }
    }
    const config = defaultConfig(app.mode, await getDefaultModel(models, app.tenant_id))
    return { config, hash: hashConfig(config), updatedAt: app.created_at, hasUnpublishedChanges: true }
  }
  const getDraft = async (tenantId: string, appId: string): Promise<Draft> => readDraft(await getBasicApp(tenantId, appId))

  return {
    getDraft,
    async saveDraft({ tenantId, appId, accountId }, { config: given, hash }) {
      const app = await getBasicApp(tenantId, appId)
      const current = await readDraft(app)
      if (current.hash !== hash) throw conflictWith(current)
      const config = dropReadOnlyKeys(given)
      const published = app.published_config_id && (await findConfigById(db, tenantId, app.published_config_id))
      const isAsPublished = published && isSameBut(app.mode, config, fromJsonText<ModelConfig>(published.config))
      // The time names the version, so it moves on even where the clock does not.
      const now = Math.max(clock.now(), (app.draft_updated_at ?? 0) + 1)
      const change = isAsPublished
        ? { draft_config: null, draft_updated_at: null }
        : { draft_config: toJsonText(config), draft_updated_at: now }
      const isSaved = await updateDraft(db, tenantId, {
        appId,
        version: app,
        change: { ...change, updated_by: accountId, updated_at: now },
      })
      const saved = await getDraft(tenantId, appId)
      if (!isSaved) throw conflictWith(saved)
      return saved
    },
    async discardDraft({ tenantId, appId, accountId }) {
      await getBasicApp(tenantId, appId)
      const change = { draft_config: null, draft_updated_at: null, updated_by: accountId, updated_at: clock.now() }
      await updateApp(db, tenantId, { appId, change })
      return getDraft(tenantId, appId)
    },
    async publish({ tenantId, appId, accountId }, given) {
      const app = await getBasicApp(tenantId, appId)
      const config = await toPublishable({ models, app }, given)
      const now = clock.now()
      const configId = newId()
      await inTransaction(db, async (db) => {
        const change = { published_config_id: configId, draft_config: null, draft_updated_at: null, updated_by: accountId, updated_at: now }
        // First the app's row: where the app was deleted meanwhile, nothing is left behind.
        if (!(await updateApp(db, tenantId, { appId, change }))) throw new AppError('app_not_found')
        await insertConfig(db, {
          id: configId,
          tenant_id: tenantId,
          app_id: appId,
          config: toJsonText(config),
          created_by: accountId,
          created_at: now,
        })
      })
    },
  }
}

/** The model that new apps begin with, its provider named as apps store it. */
export async function findDefaultModel(models: AppModels, tenantId: string): Promise<DefaultModel | undefined> {
  const model = await models.findDefaultModel(tenantId)
  return model && { ...model, provider: toWireProviderId(model.provider) }
}

async function getDefaultModel(models: AppModels, tenantId: string): Promise<DefaultModel> {
  const model = await findDefaultModel(models, tenantId)
  if (model) return model
  throw new AppError('provider_not_initialize', { message: 'This workspace has no language model yet. Add one in Settings -> Models.' })
}

async function toPublishable({ models, app }: { models: AppModels; app: BasicApp }, given: ModelConfig): Promise<ModelConfig> {
  checkConfig(given)
  const { provider, name } = given.model
  const described = await models.describeModel({ tenantId: app.tenant_id, provider, model: name })
  if (!described) {
    throw new AppError('model_currently_not_support', {
      message: `The model "${name}" of ${provider} is not known in this workspace. Choose another, or add it in Settings -> Models.`,
      details: { obstacle: unknownModel(provider, name) },
    })
  }
  await models.checkSections(app.tenant_id, keepKeysOf(app.mode, given))
  const model = { ...given.model, provider: toWireProviderId(provider), mode: described.mode ?? 'completion' }
  return keepKeysOf(app.mode, { ...given, model })
}

/** Whether publishing this would change anything: what publishing itself sets is left out of the comparison. */
function isSameBut(mode: BasicMode, draft: ModelConfig, published: ModelConfig): boolean {
  const comparable = (config: ModelConfig): ModelConfig => {
    const { model, ...sections } = modelConfigSchema.parse(config)
    return keepKeysOf(mode, { ...sections, model: { ...model, provider: toWireProviderId(model.provider), mode: null } })
  }
  return hashConfig(comparable(draft)) === hashConfig(comparable(published))
}

const conflictWith = ({ hash }: Draft): AppError => new AppError('conflict', { details: { hash } })
