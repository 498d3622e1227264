import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import { chatModel, jsonRule, plainModel, rmb, samplingRules, TOOLS, thinkingRule } from '../catalog-rows.ts'
import { choiceField, contextSizeField, maxTokensField, secretField, TRUE_FALSE, toolCallField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const plain: readonly ModelFeature[] = [...TOOLS, 'agent-thought']
const seeing: readonly ModelFeature[] = [...plain, 'vision', 'video']
const rules = [...samplingRules, jsonRule]
const switchable = [...rules, thinkingRule('enable_thinking', false)]
const region = choiceField('use_international_endpoint', { en_US: 'International endpoint', zh_Hans: '国际站接入点' }, TRUE_FALSE)

export const tongyiProvider: ProviderDefinition = defineWireProvider({
  id: 'tongyi',
  label: { en_US: 'Qwen (Alibaba Cloud)', zh_Hans: '通义千问（阿里云）' },
  description: { en_US: 'Qwen models and embeddings on Model Studio.', zh_Hans: '阿里云百炼平台上的通义千问与嵌入模型。' },
  icon: letterIcon('Q', '#5b21b6'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://bailian.console.aliyun.com/?apiKey=1' } },
  modelTypes: ['llm', 'text-embedding'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: [secretField('dashscope_api_key', { required: true }), region],
  modelCredentialFields: [
    secretField('dashscope_api_key', { required: true }),
    region,
    contextSizeField,
    maxTokensField('max_tokens'),
    toolCallField(['no_call', 'function_call']),
  ],
  models: [
    chatModel('qwen3.7-plus', { context: 1_000_000, output: 65_536, features: [...plain, 'vision'], price: rmb(2, 8), rules: switchable }),
    chatModel('qwen3.6-plus', { context: 1_000_000, output: 65_536, features: [...plain, 'vision'], price: rmb(2, 12), rules: switchable }),
    chatModel('qwen3.6-flash', {
      context: 1_000_000,
      output: 65_536,
      features: [...plain, 'vision'],
      price: rmb(1.2, 7.2),
      rules: switchable,
    }),
    chatModel('qwen3-max', { context: 262_144, output: 65_536, features: plain, price: rmb(6, 24), rules }),
    chatModel('qwen-plus', { context: 1_000_000, output: 32_768, features: plain, price: rmb(0.8, 2), rules: switchable }),
    chatModel('qwen-flash', { context: 1_000_000, output: 32_768, features: plain, price: rmb(0.15, 1.5), rules: switchable }),
    chatModel('qwen-max', { context: 32_768, output: 8_192, features: plain, price: rmb(2.4, 9.6), rules }),
    chatModel('qwen3-coder-plus', { context: 1_000_000, output: 65_536, features: plain, price: rmb(4, 16), rules }),
    chatModel('qwen3-vl-plus', { context: 262_144, output: 32_768, features: seeing, price: rmb(1, 10), rules: switchable }),
    chatModel('qwen3-vl-flash', { context: 131_072, output: 32_768, features: seeing, price: rmb(0.5, 2), rules: switchable }),
    chatModel('qwq-plus', { context: 131_072, output: 8_192, features: ['agent-thought'], price: rmb(1.6, 4) }),
    chatModel('deepseek-v3.2', { context: 131_072, output: 65_536, features: plain, price: rmb(2, 3), rules: switchable }),
    plainModel('text-embedding-v4', 'text-embedding', { context: 8_192, price: rmb(0.5, 0) }),
    plainModel('text-embedding-v3', 'text-embedding', { context: 8_192, price: rmb(0.7, 0) }),
  ],
  validation: { by: 'call', model: () => 'qwen-flash' },
  connect: (credentials) => ({
    baseUrl: `https://dashscope${credentials.use_international_endpoint === 'true' ? '-intl' : ''}.aliyuncs.com/compatible-mode/v1`,
    apiKey: credentials.dashscope_api_key,
    dialect: {
      structuredOutput: 'json-object',
      maxEmbeddingBatch: 10,
      omits: ['user'],
      // What others call an empty account is here the share of tokens that a minute allows.
      failureCodes: { insufficient_quota: 'rate-limit' },
    },
  }),
})
