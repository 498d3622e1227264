import type { ModelTrialEvent } from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'
import type { Credentials, DefaultModel, ModelEntry, ModelType, ParameterRule, Provider, ProviderModels } from './types/models.ts'

export interface ModelName {
  readonly model: string
  readonly model_type: ModelType
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
  /** Secrets come masked; sending the mask back keeps them. */
  credentials(provider: string, credentialId: string | null): Promise<Credentials | null>
  saveCredentials(
    provider: string,
    input: { credentials: Credentials; credentialId?: string | undefined; name?: string | undefined },
  ): Promise<void>
  removeCredentials(provider: string, credentialId: string): Promise<void>
  /** Makes a key the one that is used. */
  chooseCredentials(provider: string, credentialId: string): Promise<void>
  /** Whether calls go by a key in turn with the one that is used. */
  shareLoad(provider: string, credentialId: string, isSharing: boolean): Promise<void>
  /** All that a provider offers, switched off or not. */
  modelsOf(provider: string): Promise<readonly ModelEntry[]>
  setModelEnabled(provider: string, model: ModelName, isEnabled: boolean): Promise<void>
  addModel(provider: string, input: ModelName & { credentials: Credentials }): Promise<void>
  /** What an added model is reached with, secrets masked; null where it is not there any more. */
  modelCredentials(provider: string, model: ModelName): Promise<Credentials | null>
  /** Secrets that are sent masked stay as they are. */
  saveModel(provider: string, input: ModelName & { credential_id: string; credentials: Credentials }): Promise<void>
  removeModel(provider: string, model: ModelName): Promise<void>
  /** Asks a model once; its failure is the last event. */
  tryModel(input: TrialInput, signal: AbortSignal): AsyncGenerator<ModelTrialEvent, void, undefined>
}

/** Provider names hold slashes (`org/plugin/provider`) which stay slashes in the path. */
function providerPath(provider: string): string {
  return `/workspaces/current/model-providers/${provider.split('/').map(encodeURIComponent).join('/')}`
}

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
    credentials: async (provider, credentialId) =>
      (
        await http.get<{ credentials: Credentials | null }>(`${providerPath(provider)}/credentials`, {
          query: credentialId === null ? {} : { credential_id: credentialId },
        })
      ).credentials,
    saveCredentials: (provider, { credentials, credentialId, name }) =>
      credentialId === undefined
        ? http.post(`${providerPath(provider)}/credentials`, { credentials, name })
        : http.put(`${providerPath(provider)}/credentials`, { credential_id: credentialId, credentials, name }),
    chooseCredentials: (provider, credentialId) =>
      http.post(`${providerPath(provider)}/credentials/switch`, { credential_id: credentialId }),
    shareLoad: (provider, credentialId, isSharing) =>
      http.post(`${providerPath(provider)}/credentials/load-balancing`, { credential_id: credentialId, enabled: isSharing }),
    modelsOf: async (provider) => (await http.get<{ data: readonly ModelEntry[] }>(`${providerPath(provider)}/models`)).data,
    setModelEnabled: (provider, model, isEnabled) =>
      http.patch(`${providerPath(provider)}/models/${isEnabled ? 'enable' : 'disable'}`, model),
    removeCredentials: (provider, credentialId) => http.delete(`${providerPath(provider)}/credentials`, { credential_id: credentialId }),
    addModel: (provider, input) => http.post(`${providerPath(provider)}/models/credentials`, input),
    modelCredentials: async (provider, { model, model_type }) =>
      (
        await http.get<{ credentials: Credentials | null }>(`${providerPath(provider)}/models/credentials`, {
          query: { model, model_type },
        })
      ).credentials,
    saveModel: (provider, input) => http.put(`${providerPath(provider)}/models/credentials`, input),
    removeModel: (provider, input) => http.delete(`${providerPath(provider)}/models`, input),
    tryModel: (input, signal) => http.stream(`${WORKSPACE}/models/try`, input, signal),
  }
}
