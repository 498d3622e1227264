import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
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
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const DEFAULT_ADDRESS = 'https://integrate.api.nvidia.com/v1'
const VALIDATION_MODEL = 'meta/llama-3.3-70b-instruct'
const thinking: readonly ModelFeature[] = [...TOOLS, 'agent-thought']
const rules = [...samplingRules, ...penaltyRules]
const account = [
  secretField('api_key', { required: true }),
  urlField('endpoint_url', DEFAULT_ADDRESS, {
    help: { en_US: 'Only for NIM servers of your own.', zh_Hans: '仅在使用自建 NIM 服务时填写。' },
  }),
]

export const nvidiaProvider: ProviderDefinition = defineWireProvider({
  id: 'nvidia',
  label: { en_US: 'NVIDIA' },
  description: { en_US: 'Nemotron and open models of NVIDIA’s API catalog.', zh_Hans: 'NVIDIA API 目录中的 Nemotron 与开放模型。' },
  icon: letterIcon('N', '#4d7c0f'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://build.nvidia.com/settings/api-keys' } },
  modelTypes: ['llm', 'text-embedding'],
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
  ],
  // Anybody may read its list of models.
  validation: { by: 'call', model: () => VALIDATION_MODEL },
  connect: (credentials) => ({
    baseUrl: toBaseUrl(credentials.endpoint_url?.trim() || DEFAULT_ADDRESS),
    apiKey: credentials.api_key,
    dialect: {
      omits: ['user'],
      embeddingInputType: { member: 'input_type', document: 'passage', query: 'query' },
      // Schemas are for servers of one's own: those of the catalog refuse them.
      structuredOutput: 'prompt',
    },
  }),
})
