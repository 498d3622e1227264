import { lmstudioProvider, vllmProvider, xinferenceProvider } from '../../openai-compatible/self-hosted/local-servers.ts'
import { ollamaProvider } from '../../openai-compatible/self-hosted/ollama.ts'
import { openaiApiCompatibleProvider } from '../../openai-compatible/self-hosted/openai-api-compatible.ts'
import type { PublishedRetrieval } from './retrieval.ts'

const readOn = '2026-11-29'
const vectors = {
  object: 'list',
  data: [
    { object: 'embedding', index: 0, embedding: [1, 2] },
    { object: 'embedding', index: 1, embedding: [3, 4] },
  ],
  model: 'm',
  usage: { prompt_tokens: 6, total_tokens: 6 },
}
const documents = { model: 'm', input: ['a', 'b'], encoding_format: 'float' }
const ranking = { model: 'm', query: 'q', documents: ['a', 'b'], top_n: 2, return_documents: false }

/** Servers of one's own that embed and rank over the family's wire. */
export const serverRetrieval: readonly PublishedRetrieval[] = [
  {
    provider: ollamaProvider,
    credentials: { base_url: 'http://ollama.test:11434' },
    addresses: ['https://docs.ollama.com/api/openai-compatibility', 'https://github.com/ollama/ollama/blob/main/openai/openai.go'],
    readOn,
    embedding: {
      url: 'http://ollama.test:11434/v1/embeddings',
      documents: { model: 'm', input: ['a', 'b'] },
      query: {},
      answer: vectors,
    },
    failures: [
      [400, { error: { message: 'the input length exceeds the context length', type: 'invalid_request_error' } }, 'context-length'],
      [404, { error: { message: 'model "m" not found, try pulling it first', type: 'not_found_error' } }, 'bad-request'],
    ],
  },
  {
    provider: lmstudioProvider,
    credentials: { base_url: 'http://studio.test:1234' },
    addresses: ['https://lmstudio.ai/docs/developer/openai-compat/embeddings'],
    readOn,
    embedding: {
      url: 'http://studio.test:1234/v1/embeddings',
      documents,
      query: {},
      answer: vectors,
    },
    failures: [],
  },
  {
    provider: vllmProvider,
    credentials: { endpoint_url: 'http://vllm.test:8000' },
    addresses: [
      'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
      'https://docs.vllm.ai/en/latest/models/pooling_models/scoring.html',
    ],
    readOn,
    embedding: {
      url: 'http://vllm.test:8000/v1/embeddings',
      documents,
      query: {},
      answer: vectors,
    },
    rerank: {
      url: 'http://vllm.test:8000/v1/rerank',
      request: ranking,
      answer: {
        id: 'rerank-1',
        model: 'm',
        usage: { total_tokens: 56 },
        results: [
          { index: 1, document: { text: 'b' }, relevance_score: 0.9 },
          { index: 0, document: { text: 'a' }, relevance_score: 0.2 },
        ],
      },
    },
    failures: [[401, { error: 'Unauthorized' }, 'authorization']],
  },
  {
    provider: xinferenceProvider,
    credentials: { server_url: 'http://inference.test:9997', model_uid: 'm' },
    addresses: [
      'https://inference.readthedocs.io/en/latest/models/model_abilities/embed.html',
      'https://inference.readthedocs.io/en/latest/models/model_abilities/rerank.html',
    ],
    readOn,
    embedding: {
      url: 'http://inference.test:9997/v1/embeddings',
      documents,
      query: {},
      answer: { ...vectors, model_replica: 'm-0' },
    },
    rerank: {
      url: 'http://inference.test:9997/v1/rerank',
      request: ranking,
      answer: {
        id: '1',
        results: [
          { index: 1, relevance_score: 0.9, document: null },
          { index: 0, relevance_score: 0.2, document: null },
        ],
        meta: { api_version: null, billed_units: null, tokens: { input_tokens: 6, output_tokens: 0 }, warnings: null },
      },
    },
    failures: [
      [401, { detail: 'Could not validate credentials' }, 'authorization'],
      [429, { detail: 'Rate limit reached for the model. Request limit 1 for the model: m-0' }, 'rate-limit'],
    ],
  },
  {
    provider: openaiApiCompatibleProvider,
    credentials: { endpoint_url: 'http://own.test/v1', max_chunks: '16' },
    addresses: ['https://github.com/openai/openai-openapi/blob/main/openapi.yaml'],
    readOn,
    embedding: { url: 'http://own.test/v1/embeddings', documents, query: {}, answer: vectors },
    failures: [
      [
        401,
        { error: { message: 'Incorrect API key provided.', type: 'invalid_request_error', param: null, code: 'invalid_api_key' } },
        'authorization',
      ],
    ],
  },
]
