import type { Credentials, ProviderDefinition } from '@trellis/spec'
import { cohereProvider } from '../../cohere/index.ts'
import { jinaProvider } from '../../openai-compatible/hosted/jina.ts'
import { nvidiaProvider } from '../../openai-compatible/hosted/nvidia.ts'
import { voyageProvider } from '../../openai-compatible/hosted/voyage.ts'
import { teiProvider } from '../../openai-compatible/self-hosted/tei.ts'
import { hostRetrieval } from './host-retrieval.ts'
import { serverRetrieval } from './server-retrieval.ts'

export const RETRIEVAL_KEY = 'key-0123456789'

/** What a provider's published reference says of its requests and answers. */
export interface PublishedRetrieval {
  readonly provider: ProviderDefinition
  /** What its form is filled in with besides the key. */
  readonly credentials?: Credentials
  /** Where the key is sent, unless it is a bearer token. */
  readonly keyHeader?: string
  /** The pages that tell it. */
  readonly addresses: readonly string[]
  /** When they were read, as YYYY-MM-DD. */
  readonly readOn: string
  readonly embedding: {
    readonly url: string
    /** The request for `a` and `b`, as documents. */
    readonly documents: object
    /** What of it is another in a query. */
    readonly query: object
    readonly answer: object
    /** What is counted for the two, unless it is 6. */
    readonly tokens?: number
  }
  readonly rerank?: { readonly url: string; readonly request: object; readonly answer: object }
  /** Failures in its own words. */
  readonly failures: readonly (readonly [status: number, body: object, kind: string])[]
}

const ranking = [
  { index: 1, relevance_score: 0.9 },
  { index: 0, relevance_score: 0.2 },
]
const openaiVectors = {
  data: [
    { index: 1, embedding: [3, 4] },
    { index: 0, embedding: [1, 2] },
  ],
}

export const publishedRetrieval: readonly PublishedRetrieval[] = [
  {
    provider: cohereProvider,
    addresses: ['https://docs.cohere.com/reference/embed', 'https://docs.cohere.com/reference/rerank'],
    readOn: '2026-11-28',
    embedding: {
      url: 'https://api.cohere.com/v2/embed',
      documents: { model: 'm', texts: ['a', 'b'], input_type: 'search_document', embedding_types: ['float'] },
      query: { input_type: 'search_query' },
      answer: { id: '1', embeddings: { float: [[1, 2], [3, 4]] }, meta: { billed_units: { input_tokens: 6 } } }, // biome-ignore format: two vectors
    },
    rerank: {
      url: 'https://api.cohere.com/v2/rerank',
      request: { model: 'm', query: 'q', documents: ['a', 'b'], top_n: 2 },
      answer: { id: '1', results: ranking, meta: { billed_units: { search_units: 1 } } },
    },
    failures: [
      [401, { id: '1', message: `invalid api token ${RETRIEVAL_KEY}` }, 'authorization'],
      [429, { message: 'You are using a Trial key, which is limited to 40 API calls / minute.' }, 'rate-limit'],
      [503, { message: 'service unavailable' }, 'server-unavailable'],
      [400, { message: 'too many tokens: total number of tokens exceeds the limit' }, 'context-length'],
      [400, { message: 'invalid request: model not found' }, 'bad-request'],
    ],
  },
  {
    provider: jinaProvider,
    addresses: ['https://docs.jina.ai'],
    readOn: '2026-11-28',
    embedding: {
      url: 'https://api.jina.ai/v1/embeddings',
      documents: { model: 'm', input: ['a', 'b'], task: 'retrieval.passage' },
      query: { task: 'retrieval.query' },
      answer: { ...openaiVectors, usage: { total_tokens: 6, prompt_tokens: 6 } },
    },
    rerank: {
      url: 'https://api.jina.ai/v1/rerank',
      request: { model: 'm', query: 'q', documents: ['a', 'b'], top_n: 2, return_documents: false },
      answer: { model: 'm', usage: { total_tokens: 9 }, results: ranking },
    },
    failures: [
      [401, { detail: `Invalid API key ${RETRIEVAL_KEY}` }, 'authorization'],
      [402, { detail: 'Account balance not enough to run this query, please recharge.' }, 'authorization'],
      [429, { detail: 'Rate limit exceeded' }, 'rate-limit'],
      [503, { detail: 'Service unavailable' }, 'server-unavailable'],
      [422, { detail: [{ msg: 'field required' }] }, 'bad-request'],
    ],
  },
  {
    provider: voyageProvider,
    addresses: ['https://docs.voyageai.com/reference/embeddings-api', 'https://docs.voyageai.com/reference/reranker-api'],
    readOn: '2026-11-28',
    embedding: {
      url: 'https://api.voyageai.com/v1/embeddings',
      documents: { model: 'm', input: ['a', 'b'], input_type: 'document' },
      query: { input_type: 'query' },
      answer: { object: 'list', ...openaiVectors, model: 'm', usage: { total_tokens: 6 } },
    },
    rerank: {
      url: 'https://api.voyageai.com/v1/rerank',
      request: { model: 'm', query: 'q', documents: ['a', 'b'], top_k: 2, return_documents: false },
      answer: { object: 'list', data: ranking, model: 'm', usage: { total_tokens: 9 } },
    },
    failures: [
      [401, { detail: 'Provided API key is invalid.' }, 'authorization'],
      [429, { detail: 'You have exceeded your rate limit of 3 RPM.' }, 'rate-limit'],
      [500, { detail: 'Server Error' }, 'server-unavailable'],
      [400, { detail: "The example at index 0 has too many tokens and does not fit into the model's context window." }, 'context-length'],
    ],
  },
  {
    provider: nvidiaProvider,
    addresses: [
      'https://docs.nvidia.com/nim/nemo-retriever/text-embedding/latest/reference.html',
      'https://docs.nvidia.com/nim/nemo-retriever/text-reranking/2.3/using-reranking.html',
    ],
    readOn: '2026-11-29',
    embedding: {
      url: 'https://integrate.api.nvidia.com/v1/embeddings',
      documents: { model: 'm', input: ['a', 'b'], input_type: 'passage', encoding_format: 'float' },
      query: { input_type: 'query' },
      answer: { object: 'list', ...openaiVectors, usage: { prompt_tokens: 6, total_tokens: 6 } },
    },
    rerank: {
      url: 'https://ai.api.nvidia.com/v1/retrieval/m/reranking',
      request: { model: 'm', query: { text: 'q' }, passages: [{ text: 'a' }, { text: 'b' }], truncate: 'END' },
      answer: {
        rankings: [
          { index: 1, logit: Math.log(0.9 / 0.1) },
          { index: 0, logit: Math.log(0.2 / 0.8) },
        ],
      },
    },
    failures: [
      [403, { status: 403, title: 'Forbidden', detail: 'Authorization failed' }, 'authorization'],
      [429, { status: 429, title: 'Too Many Requests' }, 'rate-limit'],
      [503, { detail: 'Worker local total request limit reached' }, 'server-unavailable'],
      [
        400,
        { object: 'error', message: 'Input length 9000 exceeds maximum allowed token size 8192', type: 'invalid_request_error' },
        'context-length',
      ],
    ],
  },
  {
    provider: teiProvider,
    credentials: { server_url: 'http://tei.test:8080/' },
    addresses: ['https://github.com/huggingface/text-embeddings-inference/blob/main/docs/openapi.json'],
    readOn: '2026-11-29',
    embedding: {
      url: 'http://tei.test:8080/v1/embeddings',
      documents: { model: 'm', input: ['a', 'b'], encoding_format: 'float' },
      query: {},
      answer: { object: 'list', ...openaiVectors, model: 'm', usage: { prompt_tokens: 6, total_tokens: 6 } },
    },
    rerank: {
      url: 'http://tei.test:8080/rerank',
      request: { model: 'm', query: 'q', texts: ['a', 'b'], truncate: true },
      answer: [
        { index: 1, score: 0.9 },
        { index: 0, score: 0.2 },
      ],
    },
    failures: [
      [429, { error: 'Model is overloaded', error_type: 'overloaded' }, 'server-unavailable'],
      [429, { message: 'Model is overloaded', type: 'overloaded' }, 'server-unavailable'],
      [422, { error: 'Tokenization error', error_type: 'tokenizer' }, 'bad-request'],
      [424, { error: 'Inference failed', error_type: 'backend' }, 'bad-request'],
    ],
  },
  ...hostRetrieval,
  ...serverRetrieval,
]
