import type { RerankingModelV4 } from '@ai-sdk/provider'
import { ProviderError, type RerankModel } from '@trellis/spec'
import { toProviderError } from './error.ts'

export interface AiSdkRerankModelOptions {
  readonly load: () => Promise<RerankingModelV4>
  readonly secrets: readonly string[]
}

/** A rerank model of an AI SDK provider package as ours. */
export function createAiSdkRerankModel(options: AiSdkRerankModelOptions): RerankModel {
  return {
    async rerank(query, documents, topN, signal) {
      signal.throwIfAborted()
      const wanted = Math.min(topN, documents.length)
      if (wanted <= 0) return []
      try {
        const model = await options.load()
        const values = [...documents]
        const { ranking } = await model.doRerank({ query, documents: { type: 'text', values }, topN: wanted, abortSignal: signal })
        if (ranking.some(({ index }) => documents[index] === undefined)) {
          throw new ProviderError('server-unavailable', 'The provider ranked documents that it was not asked about.')
        }
        return ranking
          .map(({ index, relevanceScore }) => ({ index, score: relevanceScore }))
          .sort((left, right) => right.score - left.score)
          .slice(0, wanted)
      } catch (error) {
        throw toProviderError(error, signal, options.secrets)
      }
    },
  }
}
