import type { Credentials, LanguageModel, ModelCall, ProviderClient, ProviderDefinition, ProviderDependencies } from '@trellis/spec'
import { z } from 'zod'
import { toApiAddress } from '../ai-sdk/api-address.ts'
import { createAiSdkLanguageModel } from '../ai-sdk/language-model.ts'
import { fetchModelList } from '../ai-sdk/model-list.ts'
import { validateCredentials } from '../ai-sdk/validate.ts'
import { anthropicIcon } from './icon.ts'
import { anthropicModels } from './models.ts'
import { toAnthropicSettings } from './settings.ts'

const DEFAULT_ADDRESS = 'https://api.anthropic.com'
/** Asked only where an address has no list of models. */
const VALIDATION_MODEL = 'claude-haiku-4-5'
const API_VERSION = '2023-06-01'

export const anthropicProvider: ProviderDefinition = {
  id: 'anthropic',
  label: { en_US: 'Anthropic' },
  description: { en_US: 'The Claude models.', zh_Hans: 'Claude 系列模型。' },
  icon: anthropicIcon,
  help: {
    title: { en_US: 'Get your API key from Anthropic', zh_Hans: '从 Anthropic 获取 API Key' },
    url: { en_US: 'https://platform.claude.com/settings/keys' },
  },
  modelTypes: ['llm'],
  configurateMethods: ['predefined-model'],
  credentialFields: [
    {
      variable: 'anthropic_api_key',
      label: { en_US: 'API key', zh_Hans: 'API Key' },
      type: 'secret-input',
      required: true,
      placeholder: { en_US: 'sk-ant-…' },
      show_on: [],
    },
    {
      variable: 'anthropic_api_url',
      label: { en_US: 'API address', zh_Hans: 'API 地址' },
      type: 'text-input',
      required: false,
      placeholder: { en_US: DEFAULT_ADDRESS },
      help: { en_US: 'Only for a proxy; the provider itself needs none.', zh_Hans: '仅在使用代理时填写。' },
      show_on: [],
    },
  ],
  modelCredentialFields: [],
  models: anthropicModels,
  createClient: createAnthropicClient,
}

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) })

function createAnthropicClient(credentials: Credentials, { egress }: ProviderDependencies): ProviderClient {
  const apiKey = credentials.anthropic_api_key ?? ''
  const baseURL = toApiAddress(credentials.anthropic_api_url, { fallback: DEFAULT_ADDRESS, version: 'v1' })
  const secrets = [apiKey]
  const list = (limit: number, signal: AbortSignal) =>
    fetchModelList({
      egress,
      url: `${baseURL}/models?limit=${limit}`,
      headers: { 'x-api-key': apiKey, 'anthropic-version': API_VERSION },
      schema: modelList,
      secrets,
      signal,
    })

  const languageModel = (model: string): LanguageModel =>
    createAiSdkLanguageModel({
      load: async () => {
        const { createAnthropic } = await import('@ai-sdk/anthropic')
        return createAnthropic({ apiKey, baseURL, fetch: egress.fetchFor('model') }).languageModel(model)
      },
      toSettings: (call) => toAnthropicSettings(model, call),
      adapt: askForJson,
      secrets,
    })

  return {
    validate: (signal) => validateCredentials({ list: () => list(1, signal), model: languageModel(VALIDATION_MODEL), signal }),
    async listModels(signal) {
      return (await list(1_000, signal)).data.map(({ id }) => ({ model: id, type: 'llm' }))
    },
    languageModel,
  }
}

/** JSON without a schema is nothing that this provider can be told by an option: it is asked in words. */
function askForJson(call: ModelCall): ModelCall {
  if (call.responseFormat?.type !== 'json') return call
  const instruction = 'Answer with one JSON object and nothing else: no explanation, no code fence.'
  return { ...call, messages: [...call.messages, { role: 'system', content: instruction }] }
}
