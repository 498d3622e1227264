import type { EmbeddingModel } from '@trellis/spec'
import { describe, expect, it } from 'vitest'

export interface EmbeddingModelSuite {
  readonly name: string
  readonly create: () => EmbeddingModel | undefined
}

/** What every embedding model promises, on texts whose nearness nobody disputes. */
export function describeEmbeddingModel(suite: EmbeddingModelSuite): void {
  describe(`${suite.name} as an embedding model`, () => {
    const embed = async (texts: readonly string[]): Promise<readonly (readonly number[])[]> => {
      const model = suite.create()
      if (model === undefined) throw new TypeError('the provider has no embedding model')
      return (await model.embed(texts, 'document', new AbortController().signal)).vectors
    }

    it('gives one vector a text, all of one length, in order', async () => {
      const vectors = await embed(['bread', 'steel', 'bread'])
      expect(vectors).toHaveLength(3)
      expect(new Set(vectors.map((vector) => vector.length)).size).toBe(1)
      expect(vectors[2]).toEqual(vectors[0])
    })

    it('puts similar texts nearer than others', async () => {
      for (const [text, near, far] of [
        ['How do I bake bread at home?', 'Baking bread in your home oven', 'The stock market fell on Monday'],
        ['怎么在家烤面包？', '在家烤面包的方法', '周一股市下跌'],
      ] as const) {
        const [query = [], nearVector = [], farVector = []] = await embed([text, near, far])
        expect(cosine(query, nearVector)).toBeGreaterThan(cosine(query, farVector) + 0.1)
      }
    })

    it('takes no texts and an empty text', async () => {
      expect(await embed([])).toEqual([])
      expect((await embed([''])).flat().every(Number.isFinite)).toBe(true)
    })

    it('rejects with the reason of an aborted signal', async () => {
      const reason = new Error('stopped')
      await expect(suite.create()?.embed(['bread'], 'query', AbortSignal.abort(reason))).rejects.toBe(reason)
    })
  })
}

function cosine(left: readonly number[], right: readonly number[]): number {
  const product = left.reduce((sum, value, place) => sum + value * (right[place] ?? 0), 0)
  return product / (Math.hypot(...left) * Math.hypot(...right) || 1)
}
