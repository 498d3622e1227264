import type { EmbeddingModel } from '@trellis/spec'
import { z } from 'zod'
import { estimateTokens } from '../catalog/estimate-tokens.ts'
import { nonsense, postJson, readJson, type WireEndpoint } from '../openai-wire/index.ts'

/** Most texts in one request (docs.cohere.com/reference/embed). */
const MAX_BATCH = 96

const embedAnswer = z.object({
  embeddings: z.object({ float: z.array(z.array(z.number())) }),
  meta: z.object({ billed_units: z.object({ input_tokens: z.number().nullish() }).nullish() }).nullish(),
})

/** A model behind `/v2/embed`, which wants to know whether it reads documents or a query: its `/embeddings` has no word for that. */
export function createCohereEmbeddingModel(endpoint: WireEndpoint, model: string): EmbeddingModel {
  async function embedBatch(texts: readonly string[], inputType: 'document' | 'query', signal: AbortSignal) {
    const body = {
      model,
      // It refuses empty texts; a space is the nearest thing.
      texts: texts.map((text) => text || ' '),
      input_type: `search_${inputType}`,
      embedding_types: ['float'],
    }
    const answer = embedAnswer.safeParse(await readJson(await postJson(endpoint, '/v2/embed', body, signal), endpoint, signal))
    if (!answer.success || answer.data.embeddings.float.length !== texts.length) {
      throw nonsense(`not one vector for each of ${texts.length} texts.`, endpoint.secrets, answer.error)
    }
    const told = answer.data.meta?.billed_units?.input_tokens
    return {
      vectors: answer.data.embeddings.float,
      tokens: told ?? texts.reduce((sum, text) => sum + estimateTokens(text), 0),
    }
  }

  return {
    async embed(texts, inputType, signal) {
      signal.throwIfAborted()
      const vectors: (readonly number[])[] = []
      let tokens = 0
      for (let start = 0; start < texts.length; start += MAX_BATCH) {
        const batch = await embedBatch(texts.slice(start, start + MAX_BATCH), inputType, signal)
        vectors.push(...batch.vectors)
        tokens += batch.tokens
      }
      return { vectors, tokens }
    },
  }
}
