import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import { toBaseUrl } from '../base-url.ts'
import { chatModel, jsonRule, rmb, samplingRules, schemaRules, TOOLS, thinkingRule } from '../catalog-rows.ts'
import { contextSizeField, maxTokensField, secretField, toolCallField, urlField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const thinking: readonly ModelFeature[] = [...TOOLS, 'agent-thought']
const seeing: readonly ModelFeature[] = [...thinking, 'vision', 'video', 'structured-output']
const endpoint = urlField('endpoint_url', 'https://api.moonshot.cn/v1', {
  help: {
    en_US: 'Keys of the international platform need https://api.moonshot.ai/v1.',
    zh_Hans: '国际平台的密钥请使用 https://api.moonshot.ai/v1。',
  },
})

export const moonshotProvider: ProviderDefinition = defineWireProvider({
  id: 'moonshot',
  label: { en_US: 'Moonshot AI', zh_Hans: '月之暗面' },
  description: { en_US: 'Kimi models.', zh_Hans: 'Kimi 系列模型。' },
  icon: letterIcon('K', '#1e293b'),
  iconDark: letterIcon('K', '#475569'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://platform.moonshot.cn/console/api-keys' } },
  modelTypes: ['llm'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: [secretField('api_key', { required: true }), endpoint],
  modelCredentialFields: [
    secretField('api_key', { required: true }),
    endpoint,
    contextSizeField,
    maxTokensField('max_tokens'),
    toolCallField(['no_call', 'tool_call']),
  ],
  models: [
    chatModel('kimi-k3', {
      context: 1_048_576,
      output: 131_072,
      features: seeing,
      price: rmb(20, 100),
      rules: [...samplingRules, ...schemaRules],
    }),
    chatModel('kimi-k2.7-code', {
      context: 262_144,
      output: 32_768,
      features: seeing,
      price: rmb(6.5, 27),
      rules: [...samplingRules, ...schemaRules],
    }),
    chatModel('kimi-k2.5', {
      context: 262_144,
      output: 262_144,
      features: [...thinking, 'vision'],
      price: rmb(4, 21),
      rules: [...samplingRules, thinkingRule('thinking', true), jsonRule],
    }),
    chatModel('kimi-k2-thinking', {
      context: 262_144,
      output: 262_144,
      features: thinking,
      price: rmb(4, 16),
      rules: [...samplingRules, jsonRule],
    }),
    chatModel('kimi-k2-thinking-turbo', {
      context: 262_144,
      output: 262_144,
      features: thinking,
      price: rmb(8, 58),
      rules: [...samplingRules, jsonRule],
    }),
  ],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: toBaseUrl(credentials.endpoint_url?.trim() || 'https://api.moonshot.cn/v1'),
    apiKey: credentials.api_key,
    dialect: { switchParameters: ['thinking'], omits: ['user'], wantsThoughtsBack: true },
  }),
})
