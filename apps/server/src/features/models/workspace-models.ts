import type { Db } from '@trellis/db'
import { findModel, findProvider, providers } from '@trellis/models'
import type { CatalogModel, Clock, Credentials, LiveEvents, ModelType, ProviderDefinition } from '@trellis/spec'
import { type CredentialSet, currentOf, openPool, versionOf } from './key-pools.ts'
import {
  type CredentialRow,
  type DefaultModelRow,
  listAllModelKeys,
  listCredentials,
  listDefaultModels,
  listModelSettings,
  type ModelKeyRow,
} from './models.repository.ts'
import type { SealedCredentials } from './sealed-credentials.ts'

/** A model that a workspace can name, with what is needed to call it. */
export interface WorkspaceModel {
  readonly provider: ProviderDefinition
  readonly entry: CatalogModel
  /** Undefined: the provider has not been given its credentials. */
  readonly credentials: Credentials | undefined
  /** All that it can be called with, those in use first; empty where there are none. */
  readonly pool: readonly CredentialSet[]
  readonly isEnabled: boolean
  /** Added by the workspace, with keys of its own. */
  readonly isCustom: boolean
}

/** What a workspace has set up, read as one. */
export interface WorkspaceModels {
  readonly defaults: readonly DefaultModelRow[]
  /** All sets of credentials of providers, oldest first; one of each provider's is active. */
  readonly credentialSets: readonly Omit<CredentialRow, 'sealed'>[]
  readonly customModels: readonly CustomModel[]
  /** Every model of every provider, in the registry's order, the workspace's own ones after the catalogue's. */
  list(type: ModelType): readonly WorkspaceModel[]
  listOf(provider: ProviderDefinition, type: ModelType): readonly WorkspaceModel[]
  find(wanted: { readonly provider: string; readonly model: string; readonly type: ModelType }): WorkspaceModel | undefined
  credentialsOf(providerId: string): Credentials | undefined
}

export type ModelKey = Omit<ModelKeyRow, 'sealed'>

/** A model that the workspace added. */
export interface CustomModel {
  /** Oldest first; a model without any is none. */
  readonly keys: readonly ModelKey[]
  /** The key in use. */
  readonly current: ModelKey
  /** Of the key in use; undefined where they cannot be opened. */
  readonly credentials: Credentials | undefined
  readonly pool: readonly CredentialSet[]
}

export interface WorkspaceModelStore {
  read(tenantId: string): Promise<WorkspaceModels>
  /** To be called after every change: this process forgets at once, the others as soon as they hear of it. */
  changed(tenantId: string): Promise<void>
}

export interface WorkspaceModelDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly sealed: SealedCredentials
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

async function readWorkspaceModels({ db, sealed }: WorkspaceModelDependencies, tenantId: string): Promise<WorkspaceModels> {
  const [credentialRows, modelKeys, settings, defaults] = await Promise.all([
    listCredentials(db, tenantId),
    listAllModelKeys(db, tenantId),
    listModelSettings(db, tenantId),
    listDefaultModels(db, tenantId),
  ])
  const byProvider = new Map(
    await Promise.all(
      [...Map.groupBy(credentialRows, (row) => row.provider)].map(
        async ([provider, rows]) => [provider, await openPool(sealed, rows)] as const,
      ),
    ),
  )
  const switchedOff = new Set(
    settings.filter((row) => row.is_enabled === 0).map((row) => modelKey(row.provider, row.model, row.model_type)),
  )
  const byModel = Map.groupBy(modelKeys, (row) => modelKey(row.provider, row.model, row.model_type))
  const customModels = await Promise.all([...byModel.values()].map((rows) => openCustomModel(sealed, rows)))
  const credentialSets = credentialRows.map(({ sealed: _sealed, ...row }) => row)
  return combine({ defaults, credentialSets, customModels: customModels.flat(), byProvider, switchedOff })
}

async function openCustomModel(sealed: SealedCredentials, rows: readonly ModelKeyRow[]): Promise<readonly CustomModel[]> {
  const pool = await openPool(sealed, rows)
  const keys = rows.map(({ sealed: _sealed, ...row }) => row)
  const current = currentOf(keys)
  if (!current) return []
  return [{ keys, current, pool, credentials: pool.find(({ version }) => version === versionOf(current))?.credentials }]
}

const KEYLESS: CredentialSet = { version: 'keyless', credentials: {} }

const modelKey = (provider: string, model: string, type: string): string => `${provider}\n${type}\n${model}`

interface WorkspaceRows extends Pick<WorkspaceModels, 'defaults' | 'credentialSets' | 'customModels'> {
  readonly byProvider: ReadonlyMap<string, readonly CredentialSet[]>
  readonly switchedOff: ReadonlySet<string>
}

function combine({ byProvider, switchedOff, ...rows }: WorkspaceRows): WorkspaceModels {
  const poolOf = (providerId: string): readonly CredentialSet[] =>
    byProvider.get(providerId) ?? (findProvider(providerId)?.isKeyless ? [KEYLESS] : [])
  const listOf = (provider: ProviderDefinition, type: ModelType): WorkspaceModel[] => {
    const toModel = (entry: CatalogModel, own: { readonly pool: readonly CredentialSet[]; readonly isCustom: boolean }) => ({
      provider,
      entry,
      ...own,
      credentials: own.pool[0]?.credentials,
      isEnabled: !switchedOff.has(modelKey(provider.id, entry.model, type)),
    })
    const custom = rows.customModels.filter(({ current }) => current.provider === provider.id && current.model_type === type)
    // One added by hand stands for the catalogue's of the same name: it has credentials of its own.
    const replaced = new Set(custom.map(({ current }) => current.model))
    const pool = poolOf(provider.id)
    return [
      ...provider.models
        .filter((entry) => entry.type === type && !replaced.has(entry.model))
        .map((entry) => toModel(entry, { pool, isCustom: false })),
      ...custom.flatMap(({ current: { model }, pool }) => {
        const entry = findModel(provider, { model, type, credentials: pool[0]?.credentials ?? {} })
        return entry ? [toModel(entry, { pool, isCustom: true })] : []
      }),
    ]
  }
  return {
    ...rows,
    credentialsOf: (providerId) => poolOf(providerId)[0]?.credentials,
    listOf,
    list: (type) => providers.flatMap((provider) => listOf(provider, type)),
    find(wanted) {
      const provider = findProvider(wanted.provider)
      return provider && listOf(provider, wanted.type).find(({ entry }) => entry.model === wanted.model)
    },
  }
}
