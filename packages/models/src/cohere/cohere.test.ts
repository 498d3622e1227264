import { describe, expect, it } from 'vitest'
import { createFakeEgress } from '../openai-compatible/fake-egress.ts'
import { cohereProvider } from './index.ts'

const { signal } = new AbortController()
const clientOf = (answer: { readonly status?: number; readonly body: string }, credentials = {}) => {
  const egress = createFakeEgress(() => answer)
  return { egress, client: cohereProvider.createClient({ api_key: 'key-0123456789', ...credentials }, { egress }) }
}

describe('Cohere', () => {
  it('lists its models with what they are for', async () => {
    const models = [
      { name: 'command-a-03-2025', endpoints: ['chat'] },
      { name: 'embed-v4.0', endpoints: ['embed', 'classify'] },
      { name: 'rerank-v3.5', endpoints: ['rerank'] },
      { name: 'cluster', endpoints: ['cluster'] },
    ]
    const { egress, client } = clientOf({ body: JSON.stringify({ models }) })
    expect(await client.listModels?.(signal)).toEqual([
      { model: 'command-a-03-2025', type: 'llm' },
      { model: 'embed-v4.0', type: 'text-embedding' },
      { model: 'rerank-v3.5', type: 'rerank' },
    ])
    expect(egress.requests.at(-1)?.url).toBe('https://api.cohere.com/v1/models?page_size=1000')
  })

  it('tries a key by that list', async () => {
    const { client } = clientOf({ status: 401, body: '{"message":"invalid api token"}' })
    await expect(client.validate(signal)).rejects.toMatchObject({ kind: 'authorization', message: 'invalid api token' })
  })

  it('embeds long lists in batches of 96, empty texts as a space', async () => {
    const sizes: number[] = []
    const egress = createFakeEgress(({ body }) => {
      const { texts } = JSON.parse(String(body))
      sizes.push(texts.length)
      expect(texts).not.toContain('')
      return { body: JSON.stringify({ embeddings: { float: texts.map((text: string) => [text.length]) } }) }
    })
    const client = cohereProvider.createClient({ api_key: 'key' }, { egress })
    const texts = ['', ...Array.from({ length: 120 }, (_, index) => 'x'.repeat(index + 1))]
    const result = await client.embeddingModel?.('embed-v4.0').embed(texts, 'document', signal)
    expect(result?.vectors.map(([length]) => length)).toEqual([1, ...texts.slice(1).map((text) => text.length)])
    expect(sizes).toEqual([96, 25])
    expect(result?.tokens).toBeGreaterThan(0)
  })

  it('goes to a deployment of one’s own', async () => {
    const { egress, client } = clientOf({ body: '{"models":[]}' }, { base_url: 'https://cohere.own.test/' })
    await client.validate(signal)
    expect(egress.requests.at(-1)?.url).toBe('https://cohere.own.test/v1/models?page_size=1000')
  })
})
