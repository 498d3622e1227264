import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import type { ParameterRuleInput } from '../../catalog/parameter-templates.ts'
import { chatModel, TOOLS, usd } from '../catalog-rows.ts'
import { secretField, selectField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const thinking: readonly ModelFeature[] = [...TOOLS, 'agent-thought']
const rules: readonly ParameterRuleInput[] = [
  { name: 'temperature', use_template: 'temperature', max: 1, default: 1 },
  { name: 'top_p', use_template: 'top_p' },
]
const OVERSEAS = 'https://api.minimax.io/v1'

export const minimaxProvider: ProviderDefinition = defineWireProvider({
  id: 'minimax',
  label: { en_US: 'MiniMax' },
  description: { en_US: 'The MiniMax M models.', zh_Hans: 'MiniMax M 系列模型。' },
  icon: letterIcon('MM', '#be123c'),
  help: {
    title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' },
    url: {
      en_US: 'https://platform.minimax.io/user-center/basic-information/interface-key',
      zh_Hans: 'https://platform.minimaxi.com/user-center/basic-information/interface-key',
    },
  },
  modelTypes: ['llm'],
  configurateMethods: ['predefined-model'],
  credentialFields: [
    secretField('minimax_api_key', { required: true }),
    selectField(
      'endpoint_url',
      { en_US: 'Region', zh_Hans: '区域' },
      [
        [OVERSEAS, { en_US: 'International (minimax.io)', zh_Hans: '国际（minimax.io）' }],
        ['https://api.minimaxi.com/v1', { en_US: 'Mainland China (minimaxi.com)', zh_Hans: '中国大陆（minimaxi.com）' }],
      ],
      { default: OVERSEAS },
    ),
  ],
  modelCredentialFields: [],
  models: [
    chatModel('MiniMax-M3', {
      context: 1_000_000,
      output: 128_000,
      features: [...thinking, 'vision'],
      price: usd(0.3, 1.2, 0.06),
      rules,
    }),
    chatModel('MiniMax-M2.5', { context: 204_800, output: 131_072, features: thinking, price: usd(0.3, 1.2, 0.03), rules }),
    chatModel('MiniMax-M2.5-lightning', { context: 204_800, output: 131_072, features: thinking, price: usd(0.3, 2.4, 0.03), rules }),
    chatModel('MiniMax-M2.1', { context: 204_800, output: 131_072, features: thinking, price: usd(0.3, 1.2, 0.03), rules }),
  ],
  validation: { by: 'call', model: () => 'MiniMax-M2.5' },
  connect: (credentials) => ({
    baseUrl: credentials.endpoint_url?.trim() || OVERSEAS,
    apiKey: credentials.minimax_api_key,
    dialect: {
      // Without it the reasoning stands within the answer.
      adds: { reasoning_split: true },
      omits: ['user', 'tool_choice'],
      renames: { max_tokens: 'max_completion_tokens' },
      structuredOutput: 'prompt',
    },
  }),
})
