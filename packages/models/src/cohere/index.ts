import type { Credentials, ModelType, ProviderDefinition } from '@trellis/spec'
import { z } from 'zod'
import { secretField, urlField } from '../openai-compatible/credential-fields.ts'
import { defineWireProvider, toEndpoint, type WireConnection } from '../openai-compatible/define-provider.ts'
import { letterIcon } from '../openai-compatible/icon.ts'
import { type ListedModel, nonsense, readJson, sendRequest, type WireEndpoint } from '../openai-wire/index.ts'
import { createCohereEmbeddingModel } from './embedding-model.ts'
import { cohereModels } from './models.ts'

const DEFAULT_ADDRESS = 'https://api.cohere.com'

const wireProvider = defineWireProvider({
  id: 'cohere',
  label: { en_US: 'Cohere' },
  description: { en_US: 'Command, Embed and Rerank models.', zh_Hans: 'Command、Embed 与 Rerank 模型。' },
  icon: letterIcon('C', '#115e59'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://dashboard.cohere.com/api-keys' } },
  modelTypes: ['llm', 'text-embedding', 'rerank'],
  configurateMethods: ['predefined-model'],
  credentialFields: [
    secretField('api_key', { required: true }),
    urlField('base_url', DEFAULT_ADDRESS, {
      help: { en_US: 'Only for a proxy or a private deployment.', zh_Hans: '仅在使用代理或私有部署时填写。' },
    }),
  ],
  modelCredentialFields: [],
  models: cohereModels,
  validation: { by: 'list' },
  listModels,
  connect,
})

/** Chats by its interface for OpenAI's clients; the rest by its own. */
export const cohereProvider: ProviderDefinition = {
  ...wireProvider,
  createClient: (credentials, dependencies) => {
    const endpoint = toEndpoint(connect(credentials), dependencies.egress)
    return {
      ...wireProvider.createClient(credentials, dependencies),
      embeddingModel: (model) => createCohereEmbeddingModel(endpoint, model),
    }
  },
}

function connect(credentials: Credentials): WireConnection {
  const baseUrl = (credentials.base_url?.trim() || DEFAULT_ADDRESS).replace(/\/+$/, '')
  return {
    baseUrl,
    apiKey: credentials.api_key,
    urlFor: (path) => `${baseUrl}${path === '/rerank' ? '/v2' : path === '/chat/completions' ? '/compatibility/v1' : ''}${path}`,
    dialect: { omits: ['user', 'return_documents'], structuredOutput: 'json-object' },
  }
}

const modelList = z.object({ models: z.array(z.object({ name: z.string(), endpoints: z.array(z.string()).default([]) })) })
const typesByEndpoint: Readonly<Record<string, ModelType>> = { chat: 'llm', embed: 'text-embedding', rerank: 'rerank' }

async function listModels(endpoint: WireEndpoint, _baseUrl: string, signal: AbortSignal): Promise<readonly ListedModel[]> {
  const url = endpoint.urlFor('/v1/models?page_size=1000')
  const response = await sendRequest(endpoint, { url, method: 'GET' }, signal)
  const answer = modelList.safeParse(await readJson(response, endpoint, signal))
  if (!answer.success) throw nonsense('no list of models. Check the address.', endpoint.secrets, answer.error)
  return answer.data.models.flatMap(({ name, endpoints }) => {
    const type = endpoints.map((name) => typesByEndpoint[name]).find((type) => type !== undefined)
    return type === undefined ? [] : [{ model: name, type }]
  })
}
