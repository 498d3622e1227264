import type { RerankModel } from '@trellis/spec'
import { describe, expect, it } from 'vitest'

export interface RerankModelSuite {
  readonly name: string
  readonly create: () => RerankModel | undefined
}

/** What every rerank model promises. */
export function describeRerankModel(suite: RerankModelSuite): void {
  describe(`${suite.name} as a rerank model`, () => {
    const documents = ['The stock market fell on Monday', 'Baking bread in your home oven', 'Bread is baked']
    const rerank = (topN: number, signal = new AbortController().signal) => {
      const model = suite.create()
      if (model === undefined) throw new TypeError('the provider has no rerank model')
      return model.rerank('bake bread at home', documents, topN, signal)
    }

    it('puts the best first, each with its place in the input', async () => {
      const ranked = await rerank(3)
      expect(ranked.map((entry) => entry.index).sort()).toEqual([0, 1, 2])
      expect(ranked[0]?.index).toBe(1)
      expect(ranked.at(-1)?.index).toBe(0)
      const scores = ranked.map((entry) => entry.score)
      expect(scores).toEqual([...scores].sort((left, right) => right - left))
    })

    it('gives no more than asked for', async () => {
      expect(await rerank(1)).toHaveLength(1)
    })

    it('rejects with the reason of an aborted signal', async () => {
      const reason = new Error('stopped')
      await expect(rerank(1, AbortSignal.abort(reason))).rejects.toBe(reason)
    })
  })
}
