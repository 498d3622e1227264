import type { ProviderDefinition } from '@trellis/spec'
import { dollarsPerHour } from '../../catalog/cost.ts'
import { chatModel, effortRule, jsonRule, plainModel, samplingRules, schemaRules, TOOLS, usd } from '../catalog-rows.ts'
import { secretField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const ossRules = [...samplingRules, effortRule('low', 'medium', 'high'), ...schemaRules]

export const groqProvider: ProviderDefinition = defineWireProvider({
  id: 'groq',
  label: { en_US: 'Groq' },
  description: { en_US: 'Open models at very high speed.', zh_Hans: '以极高速度运行的开放模型。' },
  icon: letterIcon('G', '#c2410c'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://console.groq.com/keys' } },
  modelTypes: ['llm', 'speech2text'],
  configurateMethods: ['predefined-model'],
  credentialFields: [secretField('api_key', { required: true })],
  modelCredentialFields: [],
  models: [
    chatModel('openai/gpt-oss-120b', {
      context: 131_072,
      output: 32_766,
      features: [...TOOLS, 'agent-thought', 'structured-output'],
      price: usd(0.15, 0.75),
      rules: ossRules,
    }),
    chatModel('openai/gpt-oss-20b', {
      context: 131_072,
      output: 32_768,
      features: [...TOOLS, 'agent-thought', 'structured-output'],
      price: usd(0.1, 0.5),
      rules: ossRules,
    }),
    chatModel('qwen/qwen3-32b', {
      context: 131_072,
      output: 40_960,
      features: [...TOOLS, 'agent-thought'],
      price: usd(0.29, 0.59),
      rules: [...samplingRules, jsonRule],
    }),
    chatModel('moonshotai/kimi-k2-instruct', { context: 131_072, output: 16_384, price: usd(1, 3), rules: [...samplingRules, jsonRule] }),
    chatModel('llama-3.1-8b-instant', { context: 131_072, output: 8_192, price: usd(0.05, 0.08), rules: [...samplingRules, jsonRule] }),
    chatModel('llama-3.3-70b-versatile', { context: 131_072, output: 32_768, price: usd(0.59, 0.79), rules: [...samplingRules, jsonRule] }),
    plainModel('whisper-large-v3-turbo', 'speech2text', { price: dollarsPerHour(0.04) }),
    plainModel('whisper-large-v3', 'speech2text', { price: dollarsPerHour(0.111) }),
  ],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: 'https://api.groq.com/openai/v1',
    apiKey: credentials.api_key,
    // Comes with status 498, which is its own (console.groq.com/docs/errors).
    dialect: { failureCodes: { capacity_exceeded: 'server-unavailable' } },
  }),
})
