import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type {
  Credentials,
  LanguageModel,
  ModelCall,
  ModelType,
  ProviderClient,
  ProviderDefinition,
  ProviderDependencies,
} from '@trellis/spec'
import { z } from 'zod'
import { toApiAddress } from '../ai-sdk/api-address.ts'
import { createAiSdkEmbeddingModel } from '../ai-sdk/embedding-model.ts'
import { createAiSdkLanguageModel } from '../ai-sdk/language-model.ts'
import { fetchModelList } from '../ai-sdk/model-list.ts'
import { readParameters } from '../ai-sdk/read-parameters.ts'
import { validateCredentials } from '../ai-sdk/validate.ts'
import { googleIcon } from './icon.ts'
import { googleModels } from './models.ts'

const DEFAULT_ADDRESS = 'https://generativelanguage.googleapis.com'
/** Asked only where an address has no list of models. */
const VALIDATION_MODEL = 'gemini-3.1-flash-lite'

export const googleProvider: ProviderDefinition = {
  id: 'google',
  label: { en_US: 'Gemini' },
  description: { en_US: 'The Gemini models of Google.', zh_Hans: 'Google 的 Gemini 系列模型。' },
  icon: googleIcon,
  help: {
    title: { en_US: 'Get your API key from Google AI Studio', zh_Hans: '从 Google AI Studio 获取 API Key' },
    url: { en_US: 'https://aistudio.google.com/apikey' },
  },
  modelTypes: ['llm', 'text-embedding'],
  configurateMethods: ['predefined-model'],
  credentialFields: [
    {
      variable: 'google_api_key',
      label: { en_US: 'API key', zh_Hans: 'API Key' },
      type: 'secret-input',
      required: true,
      placeholder: { en_US: 'AIza…' },
      show_on: [],
    },
    {
      variable: 'google_base_url',
      label: { en_US: 'API address', zh_Hans: 'API 地址' },
      type: 'text-input',
      required: false,
      placeholder: { en_US: DEFAULT_ADDRESS },
      help: { en_US: 'Only for a proxy; the provider itself needs none.', zh_Hans: '仅在使用代理时填写。' },
      show_on: [],
    },
  ],
  modelCredentialFields: [],
  models: googleModels,
  createClient: createGoogleClient,
}

const modelList = z.object({
  models: z.array(z.object({ name: z.string(), supportedGenerationMethods: z.array(z.string()).default([]) })),
})

function createGoogleClient(credentials: Credentials, { egress }: ProviderDependencies): ProviderClient {
  const apiKey = credentials.google_api_key ?? ''
  const baseURL = toApiAddress(credentials.google_base_url, { fallback: DEFAULT_ADDRESS, version: 'v1beta' })
  const secrets = [apiKey]
  const load = async () => {
    const { createGoogle } = await import('@ai-sdk/google')
    return createGoogle({ apiKey, baseURL, fetch: egress.fetchFor('model') })
  }
  const list = (pageSize: number, signal: AbortSignal) =>
    fetchModelList({
      egress,
      url: `${baseURL}/models?pageSize=${pageSize}`,
      headers: { 'x-goog-api-key': apiKey },
      schema: modelList,
      secrets,
      signal,
    })

  const languageModel = (model: string): LanguageModel =>
    createAiSdkLanguageModel({ load: async () => (await load()).languageModel(model), toSettings: toGoogleSettings, secrets })

  return {
    validate: (signal) => validateCredentials({ list: () => list(1, signal), model: languageModel(VALIDATION_MODEL), signal }),
    async listModels(signal) {
      return (await list(1_000, signal)).models.flatMap(toListedModel)
    },
    languageModel,
    embeddingModel: (model) =>
      createAiSdkEmbeddingModel({
        load: async () => (await load()).embeddingModel(model),
        toProviderOptions: (inputType) => ({ google: { taskType: inputType === 'query' ? 'RETRIEVAL_QUERY' : 'RETRIEVAL_DOCUMENT' } }),
        secrets,
      }),
  }
}

type ListedModel = z.infer<typeof modelList>['models'][number]

function toListedModel({
  name,
  supportedGenerationMethods: methods,
}: ListedModel): readonly { readonly model: string; readonly type: ModelType }[] {
  const model = name.replace(/^models\//, '')
  if (methods.includes('generateContent')) return [{ model, type: 'llm' }]
  return methods.includes('embedContent') ? [{ model, type: 'text-embedding' }] : []
}

function toGoogleSettings(call: ModelCall): Partial<LanguageModelV4CallOptions> {
  const read = readParameters(call.parameters)
  const thinkingConfig = {
    includeThoughts: read.boolean('include_thoughts'),
    thinkingBudget: read.number('thinking_budget'),
    thinkingLevel: read.text('thinking_level'),
  }
  const told = Object.fromEntries(Object.entries(thinkingConfig).filter(([, value]) => value !== undefined))
  return {
    ...read.common('max_output_tokens'),
    ...(Object.keys(told).length === 0 ? {} : { providerOptions: { google: { thinkingConfig: told } } }),
  }
}
