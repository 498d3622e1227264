import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import { toBaseUrl } from '../base-url.ts'
import { chatModel, effortRule, plainModel, samplingRules, schemaRules, TOOLS, usd } from '../catalog-rows.ts'
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

const seeing: readonly ModelFeature[] = [...TOOLS, 'agent-thought', 'vision', 'document']
const thinking: readonly ModelFeature[] = [...TOOLS, 'agent-thought']
const rules = [...samplingRules, effortRule('low', 'medium', 'high'), ...schemaRules]
const account = [secretField('api_key', { required: true }), urlField('endpoint_url', 'https://openrouter.ai/api/v1')]

export const openrouterProvider: ProviderDefinition = defineWireProvider({
  id: 'openrouter',
  label: { en_US: 'OpenRouter' },
  description: { en_US: 'Models of many makers behind one key.', zh_Hans: '一个密钥访问众多厂商的模型。' },
  icon: letterIcon('R', '#6d28d9'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://openrouter.ai/keys' } },
  modelTypes: ['llm', 'text-embedding'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: account,
  modelCredentialFields: [
    ...account,
    modeField,
    contextSizeField,
    maxTokensField('max_tokens_to_sample'),
    visionField(SUPPORT),
    toolCallField(['no_call', 'tool_call']),
  ],
  models: [
    chatModel('openai/gpt-5.1', { context: 400_000, output: 128_000, features: seeing, price: usd(1.25, 10), rules }),
    chatModel('openai/gpt-4.1-mini', { context: 1_047_576, output: 32_768, features: seeing, price: usd(0.4, 1.6), rules }),
    chatModel('anthropic/claude-sonnet-4.5', { context: 1_000_000, output: 64_000, features: seeing, price: usd(3, 15), rules }),
    chatModel('anthropic/claude-opus-4.6', { context: 1_000_000, output: 64_000, features: seeing, price: usd(5, 25), rules }),
    chatModel('google/gemini-2.5-flash', { context: 1_048_576, output: 65_535, features: seeing, price: usd(0.3, 2.5), rules }),
    chatModel('google/gemini-2.5-pro', { context: 1_048_576, output: 65_536, features: seeing, price: usd(1.25, 10), rules }),
    chatModel('deepseek/deepseek-v4-flash', { context: 1_048_576, output: 65_536, features: thinking, price: usd(0.14, 0.28), rules }),
    chatModel('z-ai/glm-5.2', { context: 1_048_576, output: 131_072, features: thinking, price: usd(1.19, 3.74), rules }),
    chatModel('qwen/qwen3.7-plus', {
      context: 1_000_000,
      output: 65_536,
      features: [...thinking, 'vision'],
      price: usd(0.32, 1.28),
      rules,
    }),
    chatModel('moonshotai/kimi-k3', {
      context: 1_048_576,
      output: 131_072,
      features: [...thinking, 'vision', 'video'],
      price: usd(3, 15),
      rules,
    }),
    chatModel('x-ai/grok-4.6', { context: 500_000, output: 64_000, features: seeing, price: usd(2, 6), rules }),
    plainModel('openai/text-embedding-3-small', 'text-embedding', { context: 8_191, price: usd(0.02, 0) }),
    plainModel('openai/text-embedding-3-large', 'text-embedding', { context: 8_191, price: usd(0.13, 0) }),
  ],
  // Anybody may read its list of models.
  validation: { by: 'path', path: '/key' },
  connect: (credentials) => ({
    baseUrl: toBaseUrl(credentials.endpoint_url?.trim() || 'https://openrouter.ai/api/v1'),
    apiKey: credentials.api_key,
  }),
})
