import type { ModelTrialEvent } from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'
import type { Credentials, DefaultModel, ModelEntry, ModelType, ParameterRule, Provider, ProviderModels } from './types/models.ts'

export interface ModelName {
  readonly model: string
  readonly model_type: ModelType
}

/** Whose keys: a provider's, or those of one model that was added to it. */
export interface KeyOwner {
  readonly provider: string
  readonly model?: ModelName | undefined
}

export interface TrialInput {
  readonly provider: string
  readonly model: string
  readonly system: string
  readonly prompt: string
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface ModelsApi {
  providers(): Promise<readonly Provider[]>
  models(type: ModelType): Promise<readonly ProviderModels[]>
  parameterRules(provider: string, model: string): Promise<readonly ParameterRule[]>
  defaultModel(type: ModelType): Promise<DefaultModel | null>
  setDefaultModel(type: ModelType, provider: string, model: string): Promise<void>
  /** Of the key in use where none is named. Secrets come masked; sending the mask back keeps them. */
  credentials(owner: KeyOwner, credentialId: string | null): Promise<Credentials | null>
  /** A model is added by its first key. */
  saveCredentials(
    owner: KeyOwner,
    input: { credentials: Credentials; credentialId?: string | undefined; name?: string | undefined },
  ): Promise<void>
  removeCredentials(owner: KeyOwner, credentialId: string): Promise<void>
  /** Makes a key the one that is used. */
  chooseCredentials(owner: KeyOwner, credentialId: string): Promise<void>
  /** Whether calls go by a key in turn with the one that is used. */
  shareLoad(owner: KeyOwner, credentialId: string, isSharing: boolean): Promise<void>
  /** All that a provider offers, switched off or not. */
  modelsOf(provider: string): Promise<readonly ModelEntry[]>
  setModelEnabled(provider: string, model: ModelName, isEnabled: boolean): Promise<void>
  removeModel(provider: string, model: ModelName): Promise<void>
  /** Asks a model once; its failure is the last event. */
  tryModel(input: TrialInput, signal: AbortSignal): AsyncGenerator<ModelTrialEvent, void, undefined>
}

/** Provider names hold slashes (`org/plugin/provider`) which stay slashes in the path. */
function providerPath(provider: string): string {
  return `/workspaces/current/model-providers/${provider.split('/').map(encodeURIComponent).join('/')}`
}

const keysPath = ({ provider, model }: KeyOwner): string => `${providerPath(provider)}${model ? '/models' : ''}/credentials`

const WORKSPACE = '/workspaces/current'

export function createModelsApi(http: HttpClient): ModelsApi {
  return {
    providers: async () => (await http.get<{ data: readonly Provider[] }>(`${WORKSPACE}/model-providers`)).data,
    models: async (type) => (await http.get<{ data: readonly ProviderModels[] }>(`${WORKSPACE}/models/model-types/${type}`)).data,
    parameterRules: async (provider, model) =>
      (await http.get<{ data: readonly ParameterRule[] }>(`${providerPath(provider)}/models/parameter-rules`, { query: { model } })).data,
    defaultModel: async (type) =>
      (await http.get<{ data: DefaultModel | null }>(`${WORKSPACE}/default-model`, { query: { model_type: type } })).data,
    setDefaultModel: (type, provider, model) =>
      http.post(`${WORKSPACE}/default-model`, { model_settings: [{ model_type: type, provider, model }] }),
    credentials: async (owner, credentialId) =>
      (
        await http.get<{ credentials: Credentials | null }>(keysPath(owner), {
          query: { ...owner.model, ...(credentialId === null ? {} : { credential_id: credentialId }) },
        })
      ).credentials,
    saveCredentials: (owner, { credentials, credentialId, name }) =>
      credentialId === undefined
        ? http.post(keysPath(owner), { ...owner.model, credentials, name })
        : http.put(keysPath(owner), { ...owner.model, credential_id: credentialId, credentials, name }),
    removeCredentials: (owner, credentialId) => http.delete(keysPath(owner), { ...owner.model, credential_id: credentialId }),
    chooseCredentials: (owner, credentialId) => http.post(`${keysPath(owner)}/switch`, { ...owner.model, credential_id: credentialId }),
    shareLoad: (owner, credentialId, isSharing) =>
      http.post(`${keysPath(owner)}/load-balancing`, { ...owner.model, credential_id: credentialId, enabled: isSharing }),
    modelsOf: async (provider) => (await http.get<{ data: readonly ModelEntry[] }>(`${providerPath(provider)}/models`)).data,
    setModelEnabled: (provider, model, isEnabled) =>
      http.patch(`${providerPath(provider)}/models/${isEnabled ? 'enable' : 'disable'}`, model),
    removeModel: (provider, input) => http.delete(`${providerPath(provider)}/models`, input),
    tryModel: (input, signal) => http.stream(`${WORKSPACE}/models/try`, input, signal),
  }
}
