import type { ProviderDefinition } from '@trellis/spec'
import { plainModel, usd } from '../catalog-rows.ts'
import { secretField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

/** Tokens cost the same with each of its models. */
const price = usd(0.05, 0)

export const jinaProvider: ProviderDefinition = defineWireProvider({
  id: 'jina',
  label: { en_US: 'Jina AI' },
  description: { en_US: 'Embedding and rerank models for search in many languages.', zh_Hans: '面向多语言检索的嵌入与重排模型。' },
  icon: letterIcon('J', '#0e7490'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://jina.ai/api-dashboard' } },
  modelTypes: ['text-embedding', 'rerank'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: [secretField('api_key', { required: true })],
  modelCredentialFields: [secretField('api_key', { required: true })],
  models: [
    plainModel('jina-embeddings-v5-text-small', 'text-embedding', { context: 32_768, price }),
    plainModel('jina-embeddings-v5-text-nano', 'text-embedding', { context: 8_192, price }),
    plainModel('jina-embeddings-v4', 'text-embedding', { context: 32_768, price }),
    plainModel('jina-embeddings-v3', 'text-embedding', { context: 8_192, price }),
    plainModel('jina-reranker-v3.5', 'rerank', { context: 131_072, price }),
    plainModel('jina-reranker-v3', 'rerank', { context: 131_072, price }),
    plainModel('jina-reranker-m0', 'rerank', { context: 10_240, price }),
    plainModel('jina-reranker-v2-base-multilingual', 'rerank', { context: 1_024, price }),
  ],
  validation: { by: 'embedding', model: 'jina-embeddings-v3' },
  connect: (credentials) => ({
    baseUrl: 'https://api.jina.ai/v1',
    apiKey: credentials.api_key,
    dialect: {
      omits: ['encoding_format'],
      embeddingInputType: { member: 'task', document: 'retrieval.passage', query: 'retrieval.query' },
    },
  }),
})
