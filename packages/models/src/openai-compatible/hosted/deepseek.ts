import type { ProviderDefinition } from '@trellis/spec'
import { toBaseUrl } from '../base-url.ts'
import { chatModel, effortRule, jsonRule, samplingRules, TOOLS, thinkingRule } from '../catalog-rows.ts'
import { secretField, urlField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const rules = [...samplingRules, thinkingRule('thinking', true), effortRule('low', 'high', 'max'), jsonRule]

export const deepseekProvider: ProviderDefinition = defineWireProvider({
  id: 'deepseek',
  label: { en_US: 'DeepSeek', zh_Hans: '深度求索' },
  description: { en_US: 'DeepSeek models by their makers.', zh_Hans: '深度求索官方提供的模型。' },
  icon: letterIcon('D', '#4338ca'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://platform.deepseek.com/api_keys' } },
  modelTypes: ['llm'],
  configurateMethods: ['predefined-model'],
  credentialFields: [secretField('api_key', { required: true }), urlField('endpoint_url', 'https://api.deepseek.com')],
  modelCredentialFields: [],
  models: [
    chatModel('deepseek-v4-flash', { context: 1_000_000, output: 384_000, features: [...TOOLS, 'agent-thought'], rules }),
    chatModel('deepseek-v4-pro', { context: 1_000_000, output: 384_000, features: [...TOOLS, 'agent-thought'], rules }),
  ],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: toBaseUrl(credentials.endpoint_url?.trim() || 'https://api.deepseek.com'),
    apiKey: credentials.api_key,
    dialect: { structuredOutput: 'json-object', switchParameters: ['thinking'], omits: ['user'], wantsThoughtsBack: true },
  }),
})
