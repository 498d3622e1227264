import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import type { ParameterRuleInput } from '../../catalog/parameter-templates.ts'
import { toBaseUrl } from '../base-url.ts'
import { chatModel, jsonRule, plainModel, rmb, TOOLS, thinkingRule } from '../catalog-rows.ts'
import { secretField, textField, urlField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const BASE_URL = 'https://open.bigmodel.cn/api/paas/v4'
const PROBE_MODEL = 'glm-4.7-flash'

const plain: readonly ModelFeature[] = [...TOOLS, 'agent-thought']
const seeing: readonly ModelFeature[] = [...plain, 'vision', 'video']
const rules: readonly ParameterRuleInput[] = [
  { name: 'temperature', use_template: 'temperature' },
  { name: 'top_p', use_template: 'top_p' },
  thinkingRule('thinking', false),
  jsonRule,
]

/** docs.bigmodel.cn/cn/api/api-code: its words are in the language of the account, and an empty account has the status of a rate limit. */
const failureCodes = {
  1110: 'authorization',
  1111: 'authorization',
  1112: 'authorization',
  1113: 'authorization',
  1121: 'authorization',
  1261: 'context-length',
  1301: 'content-refused',
  1305: 'server-unavailable',
  1312: 'server-unavailable',
} as const

export const zhipuaiProvider: ProviderDefinition = defineWireProvider({
  id: 'zhipuai',
  label: { en_US: 'Zhipu AI', zh_Hans: '智谱 AI' },
  description: { en_US: 'GLM models and embeddings.', zh_Hans: 'GLM 系列模型与嵌入模型。' },
  icon: letterIcon('Z', '#1e40af'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://open.bigmodel.cn/usercenter/apikeys' } },
  modelTypes: ['llm', 'text-embedding'],
  configurateMethods: ['predefined-model'],
  credentialFields: [
    secretField('api_key', { required: true }),
    urlField('base_url', BASE_URL, {
      help: { en_US: 'Keys of z.ai need https://api.z.ai/api/paas/v4.', zh_Hans: 'z.ai 的密钥请使用 https://api.z.ai/api/paas/v4。' },
    }),
    textField(
      'validate_model',
      { en_US: 'Model to test the key with', zh_Hans: '用于验证密钥的模型' },
      { placeholder: { en_US: PROBE_MODEL } },
    ),
  ],
  modelCredentialFields: [],
  models: [
    chatModel('glm-5.2', { context: 1_000_000, output: 131_072, features: plain, price: rmb(8, 28), rules }),
    chatModel('glm-5.1', { context: 204_800, output: 131_072, features: plain, price: rmb(6, 24), rules }),
    chatModel('glm-5-turbo', { context: 204_800, output: 131_072, features: plain, price: rmb(5, 22), rules }),
    chatModel('glm-4.7', { context: 200_000, output: 131_072, features: plain, price: rmb(2, 8), rules }),
    chatModel('glm-4.7-flash', { context: 204_800, output: 131_072, features: plain, price: rmb(0, 0), rules }),
    chatModel('glm-4.6', { context: 200_000, output: 131_072, features: plain, price: rmb(2, 8), rules }),
    chatModel('glm-4.5-air', { context: 131_072, output: 98_304, features: plain, price: rmb(0.8, 2), rules }),
    chatModel('glm-5v-turbo', { context: 204_800, output: 131_072, features: seeing, price: rmb(5, 22), rules }),
    chatModel('glm-4.6v', { context: 131_072, output: 131_072, features: seeing, price: rmb(1, 3), rules }),
    plainModel('embedding-3', 'text-embedding', { context: 8_192, price: rmb(0.5, 0) }),
  ],
  validation: { by: 'call', model: (credentials) => credentials.validate_model?.trim() || PROBE_MODEL },
  connect: (credentials) => ({
    baseUrl: toBaseUrl(credentials.base_url?.trim() || BASE_URL),
    apiKey: credentials.api_key,
    dialect: { structuredOutput: 'json-object', switchParameters: ['thinking'], omits: ['user'], failureCodes },
  }),
})
