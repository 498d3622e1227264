import type { EmbeddingModel } from '@trellis/spec'
import { z } from 'zod'
import { estimateTokens } from '../catalog/estimate-tokens.ts'
import { postJson, readJson, type WireEndpoint } from './endpoint.ts'
import { nonsense } from './error.ts'
import { omit } from './request.ts'

const DEFAULT_BATCH = 64

const embeddingAnswer = z.object({
  data: z.array(z.object({ index: z.number().int().optional(), embedding: z.array(z.number()) })),
  usage: z.object({ prompt_tokens: z.number().nullish(), total_tokens: z.number().nullish() }).nullish(),
})

/** A model behind `/embeddings`. Long lists go in batches, one after the other. */
export function createWireEmbeddingModel(endpoint: WireEndpoint, model: string): EmbeddingModel {
  const batchSize = endpoint.dialect.maxEmbeddingBatch ?? DEFAULT_BATCH

  async function embedBatch(texts: readonly string[], inputType: 'document' | 'query', signal: AbortSignal) {
    const { embeddingPrefixes, embeddingInputType: told } = endpoint.dialect
    const prefix = embeddingPrefixes?.[inputType] ?? ''
    // The wire refuses empty texts; a space is the nearest thing.
    const input = texts.map((text) => prefix + text || ' ')
    const purpose = told === undefined ? {} : { [told.member]: told[inputType] }
    const body = omit({ model, input, encoding_format: 'float', ...purpose }, endpoint.dialect)
    const response = await postJson(endpoint, '/embeddings', body, signal)
    const answer = embeddingAnswer.safeParse(await readJson(response, endpoint, signal))
    if (!answer.success || answer.data.data.length !== texts.length) {
      throw nonsense(`not one vector for each of ${texts.length} texts.`, endpoint.secrets, answer.error)
    }
    const { data, usage } = answer.data
    const inOrder = data
      .map((entry, position) => ({ place: entry.index ?? position, vector: entry.embedding }))
      .sort((a, b) => a.place - b.place)
    const tokens = usage?.prompt_tokens ?? usage?.total_tokens ?? texts.reduce((sum, text) => sum + estimateTokens(text), 0)
    return { vectors: inOrder.map(({ vector }) => vector), tokens }
  }

  return {
    async embed(texts, inputType, signal) {
      signal.throwIfAborted()
      const vectors: (readonly number[])[] = []
      let tokens = 0
      for (let start = 0; start < texts.length; start += batchSize) {
        const batch = await embedBatch(texts.slice(start, start + batchSize), inputType, signal)
        vectors.push(...batch.vectors)
        tokens += batch.tokens
      }
      return { vectors, tokens }
    },
  }
}
