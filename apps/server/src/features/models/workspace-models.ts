import type { Db } from '@trellis/db'
import { findModel, findProvider, providers, toProviderId } from '@trellis/models'
import type { CatalogModel, Clock, Credentials, LiveEvents, ModelType, ProviderDefinition } from '@trellis/spec'
import type { WorkspaceSecrets } from '../secrets/index.ts'
import { type DefaultModelRow, listCredentials, listCustomModels, listDefaultModels, listModelSettings } from './models.repository.ts'

/** A model that a workspace can name, with what is needed to call it. */
export interface WorkspaceModel {
  readonly provider: ProviderDefinition
  readonly entry: CatalogModel
  /** Undefined: the provider has not been given its credentials. */
  readonly credentials: Credentials | undefined
  readonly isEnabled: boolean
  /** Added by the workspace, with credentials of its own. */
  readonly isCustom: boolean
}

/** What a workspace has set up, read as one. */
export interface WorkspaceModels {
  readonly defaults: readonly DefaultModelRow[]
  /** Every model of every provider, in the registry's order, the workspace's own ones after the catalogue's. */
  list(type: ModelType): readonly WorkspaceModel[]
  find(wanted: { readonly provider: string; readonly model: string; readonly type: ModelType }): WorkspaceModel | undefined
  credentialsOf(providerId: string): Credentials | undefined
}

/** Purpose under which provider credentials are sealed. */
export const CREDENTIALS_PURPOSE = 'provider-credentials'

export interface WorkspaceModelStore {
  read(tenantId: string): Promise<WorkspaceModels>
  /** To be called after every change: this process forgets at once, the others as soon as they hear of it. */
  changed(tenantId: string): Promise<void>
}

export interface WorkspaceModelDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly secrets: WorkspaceSecrets
  readonly liveEvents: LiveEvents
}

const CHANGED_CHANNEL = 'workspace-models-changed'
/** A message may be lost; a change is seen after this time at the latest. */
const MAX_AGE_MS = 30_000
const MAX_WORKSPACES = 1000

/** Keeps what workspaces have set up in memory, opened: a run reads it without touching the database. */
export async function createWorkspaceModelStore(dependencies: WorkspaceModelDependencies): Promise<WorkspaceModelStore> {
  const { clock, liveEvents } = dependencies
  const known = new Map<string, { readonly models: Promise<WorkspaceModels>; readonly readAt: number }>()
  await liveEvents.subscribe(CHANGED_CHANNEL, (tenantId) => known.delete(tenantId))
  return {
    read(tenantId) {
      const cached = known.get(tenantId)
      if (cached && clock.now() - cached.readAt < MAX_AGE_MS) return cached.models
      if (known.size >= MAX_WORKSPACES) known.clear()
      const models = readWorkspaceModels(dependencies, tenantId)
      known.set(tenantId, { models, readAt: clock.now() })
      models.catch(() => known.delete(tenantId))
      return models
    },
    async changed(tenantId) {
      known.delete(tenantId)
      await liveEvents.publish(CHANGED_CHANNEL, tenantId)
    },
  }
}

async function readWorkspaceModels({ db, secrets }: WorkspaceModelDependencies, tenantId: string): Promise<WorkspaceModels> {
  const [credentialRows, customRows, settings, defaults] = await Promise.all([
    listCredentials(db, tenantId),
    listCustomModels(db, tenantId),
    listModelSettings(db, tenantId),
    listDefaultModels(db, tenantId),
  ])
  const open = async (sealed: string): Promise<Credentials> => JSON.parse(await secrets.unseal(tenantId, sealed, CREDENTIALS_PURPOSE))
  const byProvider = new Map<string, Credentials>()
  for (const row of credentialRows.filter((row) => row.is_active === 1)) byProvider.set(row.provider, await open(row.sealed))
  const custom = await Promise.all(customRows.map(async (row) => ({ row, credentials: await open(row.sealed) })))
  const isEnabled = (provider: string, { model, type }: CatalogModel): boolean =>
    settings.find((row) => row.provider === provider && row.model === model && row.model_type === type)?.is_enabled !== 0

  const credentialsOf = (providerId: string): Credentials | undefined =>
    byProvider.get(providerId) ?? (findProvider(providerId)?.isKeyless ? {} : undefined)
  const listOf = (provider: ProviderDefinition, type: ModelType): WorkspaceModel[] => [
    ...provider.models
      .filter((entry) => entry.type === type)
      .map((entry) => ({
        provider,
        entry,
        credentials: credentialsOf(provider.id),
        isEnabled: isEnabled(provider.id, entry),
        isCustom: false,
      })),
    ...custom.flatMap(({ row, credentials }): WorkspaceModel[] => {
      if (row.provider !== provider.id || row.model_type !== type) return []
      const entry = findModel(provider, { model: row.model, type, credentials })
      return entry ? [{ provider, entry, credentials, isEnabled: isEnabled(provider.id, entry), isCustom: true }] : []
    }),
  ]
  return {
    defaults,
    credentialsOf,
    list: (type) => providers.flatMap((provider) => listOf(provider, type)),
    find(wanted) {
      const provider = findProvider(wanted.provider)
      if (!provider) return undefined
      const models = listOf(provider, wanted.type).filter(({ entry }) => entry.model === wanted.model)
      // One added by hand stands for the catalogue's of the same name: it has credentials of its own.
      return models.find((model) => model.isCustom) ?? models[0]
    },
  }
}

/** The id under which rows name a provider. */
export const storedProviderId = (id: string): string => findProvider(id)?.id ?? toProviderId(id)
