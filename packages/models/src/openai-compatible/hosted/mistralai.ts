import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import type { ParameterRuleInput } from '../../catalog/parameter-templates.ts'
import { chatModel, plainModel, schemaRules, TOOLS, usd } from '../catalog-rows.ts'
import { secretField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const rules: readonly ParameterRuleInput[] = [
  { name: 'temperature', use_template: 'temperature', max: 1.5 },
  { name: 'top_p', use_template: 'top_p' },
  {
    name: 'safe_prompt',
    label: { en_US: 'Safety prompt', zh_Hans: '安全提示词' },
    help: { en_US: 'Puts a safety instruction of Mistral before the conversation.', zh_Hans: '在对话前加入 Mistral 的安全提示词。' },
    type: 'boolean',
    default: false,
  },
  ...schemaRules,
]
const plain: readonly ModelFeature[] = [...TOOLS, 'structured-output']
const seeing: readonly ModelFeature[] = [...plain, 'vision']
const thinking: readonly ModelFeature[] = [...plain, 'agent-thought']

export const mistralaiProvider: ProviderDefinition = defineWireProvider({
  id: 'mistralai',
  label: { en_US: 'Mistral AI' },
  description: { en_US: 'Mistral, Magistral, Codestral and their kin.', zh_Hans: 'Mistral、Magistral、Codestral 等模型。' },
  icon: letterIcon('M', '#b45309'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://console.mistral.ai/api-keys' } },
  modelTypes: ['llm', 'text-embedding', 'moderation'],
  configurateMethods: ['predefined-model'],
  credentialFields: [secretField('api_key', { required: true })],
  modelCredentialFields: [],
  models: [
    chatModel('mistral-large-latest', { context: 128_000, output: 128_000, features: plain, price: usd(2, 6), rules }),
    chatModel('mistral-medium-latest', { context: 128_000, output: 128_000, features: seeing, price: usd(0.4, 2), rules }),
    chatModel('mistral-small-latest', { context: 128_000, output: 128_000, features: seeing, price: usd(0.1, 0.3), rules }),
    chatModel('magistral-medium-latest', { context: 128_000, output: 128_000, features: thinking, price: usd(2, 5), rules }),
    chatModel('magistral-small-latest', { context: 128_000, output: 128_000, features: thinking, price: usd(0.5, 1.5), rules }),
    chatModel('ministral-8b-latest', { context: 128_000, output: 128_000, features: plain, price: usd(0.1, 0.1), rules }),
    chatModel('ministral-3b-latest', { context: 128_000, output: 128_000, features: plain, price: usd(0.04, 0.04), rules }),
    chatModel('codestral-latest', { context: 256_000, output: 256_000, features: plain, price: usd(0.3, 0.9), rules }),
    chatModel('devstral-small-latest', { context: 128_000, output: 128_000, features: plain, price: usd(0.1, 0.3), rules }),
    chatModel('pixtral-large-latest', { context: 128_000, output: 128_000, features: seeing, price: usd(2, 6), rules }),
    plainModel('mistral-embed', 'text-embedding', { context: 8_192, price: usd(0.1, 0) }),
    plainModel('codestral-embed', 'text-embedding', { context: 8_192, price: usd(0.15, 0) }),
    plainModel('mistral-moderation-latest', 'moderation', { context: 8_192, price: usd(0.1, 0) }),
  ],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: 'https://api.mistral.ai/v1',
    apiKey: credentials.api_key,
    // It refuses members that it does not know, and tells the usage without being asked.
    dialect: { omits: ['stream_options', 'user', 'encoding_format'], maxEmbeddingBatch: 32 },
  }),
})
