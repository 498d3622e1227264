import type { ProviderDefinition } from '@trellis/spec'
import { plainModel, usd } from '../catalog-rows.ts'
import { secretField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

export const voyageProvider: ProviderDefinition = defineWireProvider({
  id: 'voyage',
  label: { en_US: 'Voyage AI' },
  description: {
    en_US: 'Embedding and rerank models, general and for law, finance and code.',
    zh_Hans: '通用及法律、金融、代码领域的嵌入与重排模型。',
  },
  icon: letterIcon('V', '#1e40af'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://dashboard.voyageai.com/' } },
  modelTypes: ['text-embedding', 'rerank'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: [secretField('api_key', { required: true })],
  modelCredentialFields: [secretField('api_key', { required: true })],
  models: [
    plainModel('voyage-4-large', 'text-embedding', { context: 32_000, price: usd(0.12, 0) }),
    plainModel('voyage-4', 'text-embedding', { context: 32_000, price: usd(0.06, 0) }),
    plainModel('voyage-4-lite', 'text-embedding', { context: 32_000, price: usd(0.02, 0) }),
    plainModel('voyage-code-4', 'text-embedding', { context: 32_000, price: usd(0.12, 0) }),
    plainModel('voyage-3.5', 'text-embedding', { context: 32_000, price: usd(0.06, 0) }),
    plainModel('voyage-3.5-lite', 'text-embedding', { context: 32_000, price: usd(0.02, 0) }),
    plainModel('voyage-code-3', 'text-embedding', { context: 32_000, price: usd(0.18, 0) }),
    plainModel('voyage-finance-2', 'text-embedding', { context: 32_000, price: usd(0.12, 0) }),
    plainModel('voyage-law-2', 'text-embedding', { context: 16_000, price: usd(0.12, 0) }),
    plainModel('rerank-2.5', 'rerank', { context: 32_000, price: usd(0.05, 0) }),
    plainModel('rerank-2.5-lite', 'rerank', { context: 32_000, price: usd(0.02, 0) }),
  ],
  validation: { by: 'embedding', model: 'voyage-3.5-lite' },
  connect: (credentials) => ({
    baseUrl: 'https://api.voyageai.com/v1',
    apiKey: credentials.api_key,
    dialect: {
      // It knows one encoding by that name, base64, and gives numbers without it.
      omits: ['encoding_format'],
      renames: { top_n: 'top_k' },
      embeddingInputType: { member: 'input_type', document: 'document', query: 'query' },
    },
  }),
})
