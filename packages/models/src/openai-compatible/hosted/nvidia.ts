import type { Credentials, ModelFeature, ProviderDefinition } from '@trellis/spec'
import { toBaseUrl } from '../base-url.ts'
import { chatModel, penaltyRules, plainModel, samplingRules, TOOLS } from '../catalog-rows.ts'
import {
  contextSizeField,
  maxTokensField,
  modeField,
  SUPPORT,
  secretField,
  toolCallField,
  urlField,
  visionField,
} from '../credential-fields.ts'
import { defineWireProvider, toEndpoint, type WireConnection } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'
import { createNvidiaRerankModel } from './nvidia-rerank-model.ts'

const DEFAULT_ADDRESS = 'https://integrate.api.nvidia.com/v1'
/** In the catalog each rerank model has an address of its own; servers of one's own have one for it (`/ranking`). */
const RERANK_ADDRESS = 'https://ai.api.nvidia.com/v1/retrieval'
const VALIDATION_MODEL = 'meta/llama-3.3-70b-instruct'
const thinking: readonly ModelFeature[] = [...TOOLS, 'agent-thought']
const rules = [...samplingRules, ...penaltyRules]
const account = [
  secretField('api_key', { required: true }),
  urlField('endpoint_url', DEFAULT_ADDRESS, {
    help: { en_US: 'Only for NIM servers of your own.', zh_Hans: '仅在使用自建 NIM 服务时填写。' },
  }),
]

const wireProvider = defineWireProvider({
  id: 'nvidia',
  label: { en_US: 'NVIDIA' },
  description: { en_US: 'Nemotron and open models of NVIDIA’s API catalog.', zh_Hans: 'NVIDIA API 目录中的 Nemotron 与开放模型。' },
  icon: letterIcon('N', '#4d7c0f'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://build.nvidia.com/settings/api-keys' } },
  modelTypes: ['llm', 'text-embedding', 'rerank'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: account,
  modelCredentialFields: [
    ...account,
    modeField,
    contextSizeField,
    maxTokensField('max_tokens'),
    visionField(SUPPORT),
    toolCallField(['no_call', 'tool_call']),
  ],
  models: [
    chatModel('nvidia/nemotron-3-super-120b-a12b', { context: 262_144, output: 65_536, features: thinking, rules }),
    chatModel('nvidia/nemotron-3-nano-30b-a3b', { context: 262_144, output: 65_536, features: thinking, rules }),
    chatModel('openai/gpt-oss-120b', { context: 131_072, output: 32_768, features: thinking, rules }),
    chatModel(VALIDATION_MODEL, { context: 131_072, output: 4_096, rules }),
    plainModel('nvidia/nemotron-3-embed-1b', 'text-embedding', { context: 8_192 }),
    plainModel('nvidia/llama-nemotron-rerank-vl-1b-v2', 'rerank', { context: 8_192 }),
    plainModel('nvidia/llama-nemotron-rerank-1b-v2', 'rerank', { context: 8_192 }),
    plainModel('nvidia/llama-3.2-nv-rerankqa-1b-v2', 'rerank', { context: 8_192 }),
  ],
  // Anybody may read its list of models.
  validation: { by: 'call', model: () => VALIDATION_MODEL },
  connect,
})

/** Ranks by a wire of its own; the rest is the family's. */
export const nvidiaProvider: ProviderDefinition = {
  ...wireProvider,
  createClient: (credentials, dependencies) => {
    const endpoint = toEndpoint(connect(credentials), dependencies.egress)
    return { ...wireProvider.createClient(credentials, dependencies), rerankModel: (model) => createNvidiaRerankModel(endpoint, model) }
  },
}

function connect(credentials: Credentials): WireConnection {
  const baseUrl = toBaseUrl(credentials.endpoint_url?.trim() || DEFAULT_ADDRESS)
  return {
    baseUrl,
    apiKey: credentials.api_key,
    urlFor: (path, model) =>
      path === '/ranking' && model !== undefined && baseUrl === DEFAULT_ADDRESS
        ? `${RERANK_ADDRESS}/${model.replaceAll('.', '_')}/reranking`
        : `${baseUrl}${path}`,
    dialect: {
      omits: ['user'],
      needsToolChoice: true,
      embeddingInputType: { member: 'input_type', document: 'passage', query: 'query' },
      // Schemas are for servers of one's own: those of the catalog refuse them.
      structuredOutput: 'prompt',
    },
  }
}
