import type { ProviderDefinition } from '@trellis/spec'
import { contextSizeField, maxTokensField, modeField, SUPPORT, secretField, toolCallField, visionField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

export const togetheraiProvider: ProviderDefinition = defineWireProvider({
  id: 'togetherai',
  label: { en_US: 'Together AI' },
  description: { en_US: 'Open models, added one by one by their names.', zh_Hans: '开放模型，按名称逐个添加。' },
  icon: letterIcon('T', '#1d4ed8'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://api.together.xyz/settings/api-keys' } },
  modelTypes: ['llm', 'text-embedding', 'rerank'],
  configurateMethods: ['customizable-model'],
  credentialFields: [],
  modelCredentialFields: [
    secretField('api_key', { required: true }),
    modeField,
    contextSizeField,
    maxTokensField('max_tokens_to_sample'),
    visionField(SUPPORT),
    toolCallField(['no_call', 'tool_call']),
  ],
  models: [],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: 'https://api.together.xyz/v1',
    apiKey: credentials.api_key,
    // Its description of embedding requests knows of no such member.
    dialect: { omits: ['encoding_format'] },
  }),
})
