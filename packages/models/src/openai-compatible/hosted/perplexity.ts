import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import { chatModel, samplingRules, schemaRules, usd } from '../catalog-rows.ts'
import { secretField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const searching: readonly ModelFeature[] = ['structured-output']
const seeing: readonly ModelFeature[] = [...searching, 'vision']
const rules = [
  ...samplingRules,
  {
    name: 'search_recency_filter',
    label: { en_US: 'Pages no older than', zh_Hans: '网页时效' },
    help: { en_US: 'How new the pages are that the answer may rest on.', zh_Hans: '回答所依据网页的时间范围。' },
    type: 'string' as const,
    options: ['hour', 'day', 'week', 'month', 'year'],
  },
  ...schemaRules,
]

export const perplexityProvider: ProviderDefinition = defineWireProvider({
  id: 'perplexity',
  label: { en_US: 'Perplexity' },
  description: { en_US: 'Models that search the web before they answer.', zh_Hans: '先检索网络再回答的模型。' },
  icon: letterIcon('P', '#155e75'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://www.perplexity.ai/account/api/keys' } },
  modelTypes: ['llm'],
  configurateMethods: ['predefined-model'],
  credentialFields: [secretField('api_key', { required: true })],
  modelCredentialFields: [],
  models: [
    chatModel('sonar', { context: 128_000, output: 8_192, features: seeing, price: usd(1, 1), rules }),
    chatModel('sonar-pro', { context: 200_000, output: 8_192, features: seeing, price: usd(3, 15), rules }),
    chatModel('sonar-reasoning-pro', {
      context: 128_000,
      output: 8_192,
      features: [...seeing, 'agent-thought'],
      price: usd(2, 8),
      rules,
    }),
    chatModel('sonar-deep-research', {
      context: 128_000,
      output: 8_192,
      features: [...searching, 'agent-thought'],
      price: usd(2, 8),
      rules,
    }),
  ],
  // It has no list of models, and no question that costs less.
  validation: { by: 'call', model: () => 'sonar' },
  connect: (credentials) => ({
    baseUrl: 'https://api.perplexity.ai',
    apiKey: credentials.api_key,
    // The usage is in each of its chunks.
    dialect: { omits: ['user', 'stream_options'] },
  }),
})
