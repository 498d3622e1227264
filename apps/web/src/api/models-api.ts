import type { HttpClient } from './http-client.ts'
import type { Credentials, DefaultModel, ModelType, ParameterRule, Provider, ProviderModels } from './types/models.ts'

export interface ModelName {
  readonly model: string
  readonly model_type: ModelType
}

export interface ModelsApi {
  providers(): Promise<readonly Provider[]>
  models(type: ModelType): Promise<readonly ProviderModels[]>
  parameterRules(provider: string, model: string): Promise<readonly ParameterRule[]>
  defaultModel(type: ModelType): Promise<DefaultModel | null>
  setDefaultModel(type: ModelType, provider: string, model: string): Promise<void>
  /** Secrets come masked; sending the mask back keeps them. */
  credentials(provider: string): Promise<Credentials | null>
  saveCredentials(provider: string, input: { credentials: Credentials; credentialId?: string | undefined }): Promise<void>
  removeCredentials(provider: string, credentialId: string): Promise<void>
  addModel(provider: string, input: ModelName & { credentials: Credentials }): Promise<void>
  /** What an added model is reached with, secrets masked; null where it is not there any more. */
  modelCredentials(provider: string, model: ModelName): Promise<Credentials | null>
  /** Secrets that are sent masked stay as they are. */
  saveModel(provider: string, input: ModelName & { credential_id: string; credentials: Credentials }): Promise<void>
  removeModel(provider: string, model: ModelName): Promise<void>
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
    credentials: async (provider) =>
      (await http.get<{ credentials: Credentials | null }>(`${providerPath(provider)}/credentials`)).credentials,
    saveCredentials: (provider, { credentials, credentialId }) =>
      credentialId === undefined
        ? http.post(`${providerPath(provider)}/credentials`, { credentials })
        : http.put(`${providerPath(provider)}/credentials`, { credential_id: credentialId, credentials }),
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
  }
}
