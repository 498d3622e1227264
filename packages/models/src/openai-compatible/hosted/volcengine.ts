import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import { toBaseUrl } from '../base-url.ts'
import { chatModel, effortRule, plainModel, samplingRules, schemaRules, TOOLS, thinkingRule, usd } from '../catalog-rows.ts'
import {
  contextSizeField,
  maxTokensField,
  modeField,
  SUPPORT,
  secretField,
  textField,
  toolCallField,
  urlField,
  visionField,
} from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const DEFAULT_ADDRESS = 'https://ark.cn-beijing.volces.com/api/v3'
const seeing: readonly ModelFeature[] = [...TOOLS, 'agent-thought', 'vision', 'video', 'structured-output']
const rules = [...samplingRules, thinkingRule('thinking', true), effortRule('minimal', 'low', 'medium', 'high'), ...schemaRules]
const account = [
  secretField('ark_api_key', { required: true }),
  urlField('api_endpoint_host', DEFAULT_ADDRESS, { default: DEFAULT_ADDRESS }),
]

export const volcengineProvider: ProviderDefinition = defineWireProvider({
  id: 'volcengine_maas',
  label: { en_US: 'Volcengine Ark', zh_Hans: '火山方舟' },
  description: { en_US: 'Doubao and other models of Volcengine.', zh_Hans: '火山引擎的豆包等模型。' },
  icon: letterIcon('VE', '#0369a1'),
  help: {
    title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' },
    url: { en_US: 'https://console.volcengine.com/ark/region:ark+cn-beijing/apiKey' },
  },
  modelTypes: ['llm', 'text-embedding'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: account,
  modelCredentialFields: [
    ...account,
    textField(
      'endpoint_id',
      { en_US: 'Endpoint', zh_Hans: '接入点' },
      {
        placeholder: { en_US: 'ep-20260101000000-abcde' },
        help: { en_US: 'Where empty, the model is called by its name.', zh_Hans: '留空时以模型名称调用。' },
      },
    ),
    modeField,
    contextSizeField,
    maxTokensField('max_tokens'),
    visionField(SUPPORT),
    toolCallField(['no_call', 'tool_call']),
  ],
  models: [
    chatModel('doubao-seed-2-1-pro-260915', {
      context: 1_024_000,
      output: 256_000,
      features: seeing,
      price: usd(0.8625, 4.3125, 0.1725),
      rules,
    }),
    chatModel('doubao-seed-2-1-turbo-260628', {
      context: 256_000,
      output: 128_000,
      features: seeing,
      price: usd(0.43125, 2.15625, 0.08625),
      rules,
    }),
    chatModel('doubao-seed-2-0-pro-260215', { context: 256_000, output: 128_000, features: seeing, rules }),
    chatModel('doubao-seed-2-0-lite-260215', { context: 256_000, output: 128_000, features: seeing, rules }),
    chatModel('doubao-seed-2-0-mini-260215', { context: 256_000, output: 128_000, features: seeing, rules }),
    plainModel('doubao-embedding-large-text-250515', 'text-embedding', { context: 4_096 }),
    plainModel('doubao-embedding-text-240715', 'text-embedding', { context: 4_096 }),
  ],
  // What a key may call depends on which models its account has opened: the list is there whatever those are.
  validation: { by: 'reachability' },
  connect: (credentials) => ({
    baseUrl: toBaseUrl(credentials.api_endpoint_host?.trim() || DEFAULT_ADDRESS),
    apiKey: credentials.ark_api_key,
    dialect: { switchParameters: ['thinking'], omits: ['user'] },
    toWireModel: (model) => credentials.endpoint_id?.trim() || model,
  }),
})
