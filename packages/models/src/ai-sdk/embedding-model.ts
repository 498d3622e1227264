import type { EmbeddingModelV4 } from '@ai-sdk/provider'
import type { EmbeddingModel } from '@trellis/spec'
import { estimateTokens } from '../catalog/estimate-tokens.ts'
import { toProviderError } from './error.ts'

export interface AiSdkEmbeddingModelOptions {
  readonly load: () => Promise<EmbeddingModelV4>
  readonly toProviderOptions?: (
    inputType: 'document' | 'query',
  ) => NonNullable<Parameters<EmbeddingModelV4['doEmbed']>[0]['providerOptions']>
  readonly secrets: readonly string[]
}

/** An embedding model of an AI SDK provider package as ours: any number of texts, in batches as the provider takes them. */
export function createAiSdkEmbeddingModel(options: AiSdkEmbeddingModelOptions): EmbeddingModel {
  return {
    async embed(texts, inputType, signal) {
      signal.throwIfAborted()
      if (texts.length === 0) return { vectors: [], tokens: 0 }
      try {
        const model = await options.load()
        const batchSize = (await model.maxEmbeddingsPerCall) ?? texts.length
        const providerOptions = options.toProviderOptions?.(inputType)
        const vectors: (readonly number[])[] = []
        let tokens = 0
        for (let start = 0; start < texts.length; start += batchSize) {
          const values = texts.slice(start, start + batchSize)
          const result = await model.doEmbed({ values, abortSignal: signal, ...(providerOptions === undefined ? {} : { providerOptions }) })
          vectors.push(...result.embeddings)
          tokens += result.usage?.tokens ?? values.reduce((sum, text) => sum + estimateTokens(text), 0)
        }
        return { vectors, tokens }
      } catch (error) {
        throw toProviderError(error, signal, options.secrets)
      }
    },
  }
}
