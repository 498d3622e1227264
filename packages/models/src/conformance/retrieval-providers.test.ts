import { EgressError, type EgressRequest, type ProviderDefinition } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { cohereProvider } from '../cohere/index.ts'
import { createFakeEgress } from '../openai-compatible/fake-egress.ts'
import { jinaProvider } from '../openai-compatible/hosted/jina.ts'
import { nvidiaProvider } from '../openai-compatible/hosted/nvidia.ts'
import { voyageProvider } from '../openai-compatible/hosted/voyage.ts'

const KEY = 'key-0123456789'
const { signal } = new AbortController()

/** What a provider's published reference says of its requests and answers. */
interface Retrieval {
  readonly provider: ProviderDefinition
  readonly embedding: {
    readonly url: string
    /** The request for `a` and `b`, as documents. */
    readonly documents: object
    /** What of it is another in a query. */
    readonly query: object
    readonly answer: object
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

const published: readonly Retrieval[] = [
  {
    provider: cohereProvider,
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
      [401, { id: '1', message: `invalid api token ${KEY}` }, 'authorization'],
      [429, { message: 'You are using a Trial key, which is limited to 40 API calls / minute.' }, 'rate-limit'],
      [503, { message: 'service unavailable' }, 'server-unavailable'],
      [400, { message: 'too many tokens: total number of tokens exceeds the limit' }, 'context-length'],
      [400, { message: 'invalid request: model not found' }, 'bad-request'],
    ],
  },
  {
    provider: jinaProvider,
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
      [401, { detail: `Invalid API key ${KEY}` }, 'authorization'],
      [402, { detail: 'Account balance not enough to run this query, please recharge.' }, 'authorization'],
      [429, { detail: 'Rate limit exceeded' }, 'rate-limit'],
      [503, { detail: 'Service unavailable' }, 'server-unavailable'],
      [422, { detail: [{ msg: 'field required' }] }, 'bad-request'],
    ],
  },
  {
    provider: voyageProvider,
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
    embedding: {
      url: 'https://integrate.api.nvidia.com/v1/embeddings',
      documents: { model: 'm', input: ['a', 'b'], input_type: 'passage', encoding_format: 'float' },
      query: { input_type: 'query' },
      answer: { object: 'list', ...openaiVectors, usage: { prompt_tokens: 6, total_tokens: 6 } },
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
]

describe.each(published.map((each) => [each.provider.id, each] as const))('%s, as its reference has it,', (_, { provider, ...wire }) => {
  const serve = (answer: (request: EgressRequest) => { readonly status?: number; readonly body: string }) => {
    const egress = createFakeEgress(answer)
    return { egress, client: provider.createClient({ api_key: KEY }, { egress }) }
  }
  const lastBody = (requests: readonly EgressRequest[]): unknown => JSON.parse(String(requests.at(-1)?.body))
  const embed = (client: ReturnType<typeof serve>['client'], texts: readonly string[], inputType: 'document' | 'query' = 'document') => {
    const model = client.embeddingModel?.('m')
    if (model === undefined) throw new TypeError(`${provider.id} embeds nothing`)
    return model.embed(texts, inputType, signal)
  }

  it('embeds documents and queries, each as such', async () => {
    const { egress, client } = serve(() => ({ body: JSON.stringify(wire.embedding.answer) }))
    const vectors = [
      [1, 2],
      [3, 4],
    ]
    expect(await embed(client, ['a', 'b'])).toEqual({ vectors, tokens: 6 })
    expect(egress.requests.at(-1)).toMatchObject({ url: wire.embedding.url, headers: { authorization: `Bearer ${KEY}` } })
    expect(lastBody(egress.requests)).toEqual(wire.embedding.documents)
    await embed(client, ['a', 'b'], 'query')
    expect(lastBody(egress.requests)).toEqual({ ...wire.embedding.documents, ...wire.embedding.query })
  })

  it('asks nothing for no texts, and stops when told', async () => {
    const { egress, client } = serve(() => ({ body: '{}' }))
    expect(await embed(client, [])).toEqual({ vectors: [], tokens: 0 })
    await expect(client.embeddingModel?.('m').embed(['a'], 'query', AbortSignal.abort('stopped'))).rejects.toBe('stopped')
    expect(egress.requests).toEqual([])
  })

  it.runIf(wire.rerank)('ranks documents, the best first', async () => {
    const { egress, client } = serve(() => ({ body: JSON.stringify(wire.rerank?.answer) }))
    expect(await client.rerankModel?.('m').rerank('q', ['a', 'b'], 2, signal)).toEqual([
      { index: 1, score: 0.9 },
      { index: 0, score: 0.2 },
    ])
    expect(egress.requests.at(-1)).toMatchObject({ url: wire.rerank?.url, headers: { authorization: `Bearer ${KEY}` } })
    expect(lastBody(egress.requests)).toEqual(wire.rerank?.request)
  })

  it.each(wire.failures)('tells %i %j as %s, in its words without the key', async (status, body, kind) => {
    const { client } = serve(() => ({ status, body: JSON.stringify(body) }))
    const calls = [embed(client, ['a']), ...(wire.rerank ? [client.rerankModel?.('m').rerank('q', ['a'], 1, signal)] : [])]
    for (const outcome of await Promise.allSettled(calls)) {
      const reason = { name: 'ProviderError', kind, status, message: expect.not.stringContaining(KEY) }
      expect(outcome).toMatchObject({ status: 'rejected', reason })
    }
  })

  it('tells a connection that is cut, and an answer that is none', async () => {
    const cut = serve(() => {
      throw new EgressError('connection', 'The connection was closed.')
    })
    await expect(embed(cut.client, ['a'])).rejects.toMatchObject({ name: 'ProviderError', kind: 'connection' })
    const page = serve(() => ({ body: '<!doctype html><title>Welcome</title>' }))
    await expect(embed(page.client, ['a'])).rejects.toMatchObject({ kind: 'server-unavailable' })
    const short = serve(() => ({ body: JSON.stringify(wire.embedding.answer) }))
    await expect(embed(short.client, ['a', 'b', 'c'])).rejects.toMatchObject({ kind: 'server-unavailable' })
  })
})
