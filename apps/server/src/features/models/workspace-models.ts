import type { Db } from '@trellis/db'
import { findModel, findProvider, providers } from '@trellis/models'
import type { CatalogModel, Clock, Credentials, LiveEvents, ModelType, ProviderDefinition } from '@trellis/spec'
import {
  type CredentialRow,
  type CustomModelRow,
  type DefaultModelRow,
  listCredentials,
  listCustomModels,
  listDefaultModels,
  listModelSettings,
} from './models.repository.ts'
import type { SealedCredentials } from './sealed-credentials.ts'

/** Opened credentials that calls may be made with. */
export interface CredentialSet {
  /** Another one after each change, so that nothing known of the old ones is believed of the new. */
  readonly version: string
  readonly credentials: Credentials
}

/** Told of a set by its row alone. */
export const versionOf = ({ id, updated_at }: { readonly id: string; readonly updated_at: number }): string => `${id}@${updated_at}`

/** A model that a workspace can name, with what is needed to call it. */
export interface WorkspaceModel {
  readonly provider: ProviderDefinition
  readonly entry: CatalogModel
  /** Undefined: the provider has not been given its credentials. */
  readonly credentials: Credentials | undefined
  /** All that it can be called with, those in use first; empty where there are none. */
  readonly pool: readonly CredentialSet[]
  readonly isEnabled: boolean
  /** Added by the workspace, with credentials of its own. */
  readonly isCustom: boolean
}

/** What a workspace has set up, read as one. */
export interface WorkspaceModels {
  readonly defaults: readonly DefaultModelRow[]
  /** All sets of credentials of providers, oldest first; one of each provider's is active. */
  readonly credentialSets: readonly Omit<CredentialRow, 'sealed'>[]
  readonly customModels: readonly CustomModelSet[]
  /** Every model of every provider, in the registry's order, the workspace's own ones after the catalogue's. */
  list(type: ModelType): readonly WorkspaceModel[]
  listOf(provider: ProviderDefinition, type: ModelType): readonly WorkspaceModel[]
  find(wanted: { readonly provider: string; readonly model: string; readonly type: ModelType }): WorkspaceModel | undefined
  credentialsOf(providerId: string): Credentials | undefined
}

/** A model that the workspace added; its credentials are undefined where they cannot be opened. */
export interface CustomModelSet {
  readonly row: Omit<CustomModelRow, 'sealed'>
  readonly credentials: Credentials | undefined
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
  const [credentialRows, customRows, settings, defaults] = await Promise.all([
    listCredentials(db, tenantId),
    listCustomModels(db, tenantId),
    listModelSettings(db, tenantId),
    listDefaultModels(db, tenantId),
  ])
  const byProvider = await openPools(sealed, credentialRows)
  const switchedOff = new Set(
    settings.filter((row) => row.is_enabled === 0).map((row) => modelKey(row.provider, row.model, row.model_type)),
  )
  const customModels = await Promise.all(
    customRows.map(async ({ sealed: text, ...row }) => ({ row, credentials: await sealed.open(tenantId, text) })),
  )
  const credentialSets = credentialRows.map(({ sealed: _sealed, ...row }) => row)
  return combine({ defaults, credentialSets, customModels, byProvider, switchedOff })
}

/** By provider, those in use first. Two that were first at the same moment are both marked: the older one counts, here as in the settings. */
async function openPools(
  sealed: SealedCredentials,
  rows: readonly CredentialRow[],
): Promise<ReadonlyMap<string, readonly CredentialSet[]>> {
  const wanted = [...rows.filter((row) => row.is_active === 1), ...rows.filter((row) => row.is_active !== 1 && row.shares_load === 1)]
  const opened = await Promise.all(wanted.map(async (row) => ({ row, credentials: await sealed.open(row.tenant_id, row.sealed) })))
  const pools = new Map<string, CredentialSet[]>()
  for (const { row, credentials } of opened) {
    if (credentials) pools.set(row.provider, [...(pools.get(row.provider) ?? []), { version: versionOf(row), credentials }])
  }
  return pools
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
    const custom = rows.customModels.filter(({ row }) => row.provider === provider.id && row.model_type === type)
    // One added by hand stands for the catalogue's of the same name: it has credentials of its own.
    const replaced = new Set(custom.map(({ row }) => row.model))
    const pool = poolOf(provider.id)
    return [
      ...provider.models
        .filter((entry) => entry.type === type && !replaced.has(entry.model))
        .map((entry) => toModel(entry, { pool, isCustom: false })),
      ...custom.flatMap(({ row, credentials }) => {
        const entry = findModel(provider, { model: row.model, type, credentials: credentials ?? {} })
        const pool = credentials ? [{ version: versionOf(row), credentials }] : []
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
