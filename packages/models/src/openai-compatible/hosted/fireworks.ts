import type { ProviderDefinition } from '@trellis/spec'
import { chatModel, jsonRule, plainModel, samplingRules, usd } from '../catalog-rows.ts'
import { contextSizeField, maxTokensField, secretField, toolCallField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const rules = [...samplingRules, jsonRule]

export const fireworksProvider: ProviderDefinition = defineWireProvider({
  id: 'fireworks',
  label: { en_US: 'Fireworks AI' },
  description: { en_US: 'Open models, and your own, served fast.', zh_Hans: '快速运行开放模型及您自己的模型。' },
  icon: letterIcon('F', '#7e22ce'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://fireworks.ai/account/api-keys' } },
  modelTypes: ['llm', 'text-embedding'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: [secretField('fireworks_api_key', { required: true })],
  modelCredentialFields: [
    secretField('fireworks_api_key', { required: true }),
    contextSizeField,
    maxTokensField('max_tokens'),
    toolCallField(['no_call', 'function_call']),
  ],
  models: [
    chatModel('accounts/fireworks/models/llama-v3p1-405b-instruct', { context: 131_072, output: 16_384, price: usd(3, 3), rules }),
    chatModel('accounts/fireworks/models/llama-v3p1-8b-instruct', { context: 131_072, output: 16_384, price: usd(0.2, 0.2), rules }),
    chatModel('accounts/fireworks/models/qwen2p5-72b-instruct', { context: 32_768, output: 8_192, price: usd(0.9, 0.9), rules }),
    plainModel('nomic-ai/nomic-embed-text-v1.5', 'text-embedding', { context: 8_192, price: usd(0.008, 0) }),
    plainModel('thenlper/gte-large', 'text-embedding', { context: 512, price: usd(0.008, 0) }),
  ],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    apiKey: credentials.fireworks_api_key,
    // Its description of embedding requests allows no member that it does not name.
    dialect: { omits: ['encoding_format'] },
  }),
})
