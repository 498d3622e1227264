import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import { toVersionedBaseUrl } from '../base-url.ts'
import { chatModel, effortRule, samplingRules, schemaRules, TOOLS, usd } from '../catalog-rows.ts'
import { secretField, urlField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const seeing: readonly ModelFeature[] = [...TOOLS, 'agent-thought', 'vision', 'structured-output']
const rules = [...samplingRules, ...schemaRules]

export const xProvider: ProviderDefinition = defineWireProvider({
  id: 'x',
  label: { en_US: 'xAI' },
  description: { en_US: 'Grok models.', zh_Hans: 'Grok 系列模型。' },
  icon: letterIcon('xA', '#18181b'),
  iconDark: letterIcon('xA', '#52525b'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://console.x.ai' } },
  modelTypes: ['llm'],
  configurateMethods: ['predefined-model'],
  credentialFields: [
    secretField('api_key', { required: true }),
    urlField('endpoint_url', 'https://api.x.ai/v1', { default: 'https://api.x.ai/v1' }),
  ],
  modelCredentialFields: [],
  models: [
    chatModel('grok-4.6', {
      context: 500_000,
      output: 64_000,
      features: seeing,
      price: usd(2, 6),
      rules: [...rules, effortRule('low', 'medium', 'high', 'xhigh')],
    }),
    chatModel('grok-4.5', {
      context: 500_000,
      output: 64_000,
      features: seeing,
      price: usd(2, 6),
      rules: [...rules, effortRule('low', 'medium', 'high')],
    }),
    chatModel('grok-4.3', {
      context: 1_000_000,
      output: 64_000,
      features: seeing,
      price: usd(1.25, 2.5),
      rules: [...rules, effortRule('low', 'high')],
    }),
    chatModel('grok-4-1-fast-reasoning', { context: 2_000_000, output: 64_000, features: seeing, price: usd(0.2, 0.5), rules }),
    chatModel('grok-4-1-fast-non-reasoning', { context: 2_000_000, output: 64_000, features: seeing, price: usd(0.2, 0.5), rules }),
    chatModel('grok-4-0709', { context: 256_000, output: 64_000, features: seeing, price: usd(3, 15), rules }),
    chatModel('grok-code-fast-1', {
      context: 256_000,
      output: 64_000,
      features: [...TOOLS, 'agent-thought', 'structured-output'],
      price: usd(0.2, 1.5),
      rules,
    }),
    chatModel('grok-3', { context: 131_072, output: 64_000, features: [...TOOLS, 'structured-output'], price: usd(3, 15), rules }),
    chatModel('grok-3-mini', {
      context: 131_072,
      output: 64_000,
      features: [...TOOLS, 'agent-thought', 'structured-output'],
      price: usd(0.3, 0.5),
      rules: [...rules, effortRule('low', 'high')],
    }),
  ],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: toVersionedBaseUrl(credentials.endpoint_url?.trim() || 'https://api.x.ai/v1'),
    apiKey: credentials.api_key,
  }),
})
