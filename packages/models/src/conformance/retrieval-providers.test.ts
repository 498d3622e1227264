import { EgressError, type EgressRequest } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { createFakeEgress } from '../openai-compatible/fake-egress.ts'
import { RETRIEVAL_KEY as KEY, publishedRetrieval } from './published/retrieval.ts'
import { keysOf } from './subjects.ts'

const { signal } = new AbortController()

describe.each(publishedRetrieval.map((each) => [each.provider.id, each] as const))(
  '%s, as its reference has it,',
  (_, { provider, ...wire }) => {
    const headers = wire.keyHeader === undefined ? { authorization: `Bearer ${KEY}` } : { [wire.keyHeader]: KEY }
    const serve = (answer: (request: EgressRequest) => { readonly status?: number; readonly body: string }) => {
      const egress = createFakeEgress(answer)
      return { egress, client: provider.createClient({ ...keysOf(provider, KEY), ...wire.credentials }, { egress }) }
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
      expect(await embed(client, ['a', 'b'])).toEqual({ vectors, tokens: wire.embedding.tokens ?? 6 })
      expect(egress.requests.at(-1)).toMatchObject({ url: wire.embedding.url, headers })
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
        { index: 1, score: expect.closeTo(0.9) },
        { index: 0, score: expect.closeTo(0.2) },
      ])
      expect(egress.requests.at(-1)).toMatchObject({ url: wire.rerank?.url, headers })
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
  },
)
