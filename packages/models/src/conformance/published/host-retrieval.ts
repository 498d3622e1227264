import { azureOpenaiProvider } from '../../azure-openai/index.ts'
import { fireworksProvider } from '../../openai-compatible/hosted/fireworks.ts'
import { mistralaiProvider } from '../../openai-compatible/hosted/mistralai.ts'
import { openrouterProvider } from '../../openai-compatible/hosted/openrouter.ts'
import { siliconflowProvider } from '../../openai-compatible/hosted/siliconflow.ts'
import { togetheraiProvider } from '../../openai-compatible/hosted/togetherai.ts'
import { tongyiProvider } from '../../openai-compatible/hosted/tongyi.ts'
import { volcengineProvider } from '../../openai-compatible/hosted/volcengine.ts'
import { zhipuaiProvider } from '../../openai-compatible/hosted/zhipuai.ts'
import type { PublishedRetrieval } from './retrieval.ts'

const readOn = '2026-11-29'
const data = [
  { object: 'embedding', index: 0, embedding: [1, 2] },
  { object: 'embedding', index: 1, embedding: [3, 4] },
]
const vectors = { object: 'list', data, model: 'm', usage: { prompt_tokens: 6, total_tokens: 6 } }
const documents = { model: 'm', input: ['a', 'b'], encoding_format: 'float' }

/** Hosts that embed and rank over the family's wire. */
export const hostRetrieval: readonly PublishedRetrieval[] = [
  {
    provider: azureOpenaiProvider,
    credentials: { openai_api_base: 'https://mine.openai.azure.com' },
    keyHeader: 'api-key',
    addresses: [
      'https://github.com/Azure/azure-rest-api-specs/blob/main/specification/cognitiveservices/data-plane/AzureOpenAI/inference/stable/2024-10-21/inference.yaml',
    ],
    readOn,
    embedding: {
      url: 'https://mine.openai.azure.com/openai/deployments/m/embeddings?api-version=2024-10-21',
      documents,
      query: {},
      answer: vectors,
    },
    failures: [[429, { error: { code: '429', message: 'Rate limit is exceeded.' } }, 'rate-limit']],
  },
  {
    provider: openrouterProvider,
    addresses: ['https://openrouter.ai/docs/api/api-reference/embeddings/create-embeddings.md'],
    readOn,
    embedding: { url: 'https://openrouter.ai/api/v1/embeddings', documents, query: {}, answer: { id: '1', ...vectors } },
    failures: [[402, { error: { code: 402, message: 'Insufficient credits.' } }, 'authorization']],
  },
  {
    provider: mistralaiProvider,
    addresses: ['https://www.npmjs.com/package/@mistralai/mistralai/v/2.7.0'],
    readOn,
    embedding: {
      url: 'https://api.mistral.ai/v1/embeddings',
      documents: { model: 'm', input: ['a', 'b'] },
      query: {},
      answer: { id: '1', ...vectors, usage: { prompt_tokens: 6, completion_tokens: 0, total_tokens: 6 } },
    },
    failures: [],
  },
  {
    provider: togetheraiProvider,
    addresses: ['https://www.npmjs.com/package/together-ai/v/0.52.0'],
    readOn,
    embedding: {
      url: 'https://api.together.xyz/v1/embeddings',
      documents: { model: 'm', input: ['a', 'b'] },
      query: {},
      // It counts nothing.
      answer: { object: 'list', data, model: 'm' },
      tokens: 2,
    },
    failures: [],
  },
  {
    provider: fireworksProvider,
    addresses: ['https://docs.fireworks.ai/api-reference/creates-an-embedding-vector-representing-the-input-text'],
    readOn,
    embedding: {
      url: 'https://api.fireworks.ai/inference/v1/embeddings',
      documents: { model: 'm', input: ['a', 'b'] },
      query: {},
      answer: vectors,
    },
    failures: [],
  },
  {
    provider: tongyiProvider,
    addresses: ['https://help.aliyun.com/en/model-studio/embedding-interfaces-compatible-with-openai'],
    readOn,
    embedding: {
      url: 'https://dashscope.aliyuncs.com/compatible-mode/v1/embeddings',
      documents,
      query: {},
      answer: { ...vectors, id: '1' },
    },
    failures: [
      [
        401,
        { error: { message: 'Incorrect API key provided.', type: 'invalid_request_error', param: null, code: 'invalid_api_key' } },
        'authorization',
      ],
    ],
  },
  {
    provider: zhipuaiProvider,
    addresses: ['https://github.com/zai-org/z-ai-sdk-python/tree/main/src/zai/types/embeddings'],
    readOn,
    embedding: {
      url: 'https://open.bigmodel.cn/api/paas/v4/embeddings',
      documents,
      query: {},
      answer: { ...vectors, usage: { prompt_tokens: 6, completion_tokens: 0, total_tokens: 6 } },
    },
    failures: [],
  },
  {
    provider: volcengineProvider,
    addresses: ['https://www.volcengine.com/docs/82379/1302003'],
    readOn,
    embedding: {
      url: 'https://ark.cn-beijing.volces.com/api/v3/embeddings',
      documents,
      query: {},
      answer: { ...vectors, id: '1', created: 1 },
    },
    failures: [],
  },
  {
    provider: siliconflowProvider,
    addresses: [
      'https://docs.siliconflow.cn/en/api-reference/embeddings/create-embeddings',
      'https://docs.siliconflow.cn/en/api-reference/rerank/create-rerank',
    ],
    readOn,
    embedding: {
      url: 'https://api.siliconflow.cn/v1/embeddings',
      documents,
      query: {},
      answer: { ...vectors, usage: { prompt_tokens: 6, completion_tokens: 0, total_tokens: 6 } },
    },
    rerank: {
      url: 'https://api.siliconflow.cn/v1/rerank',
      request: { model: 'm', query: 'q', documents: ['a', 'b'], top_n: 2, return_documents: false },
      answer: {
        id: '1',
        results: [
          { document: { text: 'b' }, index: 1, relevance_score: 0.9 },
          { document: { text: 'a' }, index: 0, relevance_score: 0.2 },
        ],
        tokens: { input_tokens: 6, output_tokens: 0 },
      },
    },
    failures: [[429, { code: 50603, message: 'Request was rejected due to rate limiting.', data: null }, 'rate-limit']],
  },
]
