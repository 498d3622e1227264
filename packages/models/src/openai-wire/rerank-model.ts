import type { RerankModel } from '@trellis/spec'
import { z } from 'zod'
import { postJson, readJson, type WireEndpoint } from './endpoint.ts'
import { nonsense } from './error.ts'
import { omit } from './request.ts'

const ranking = z.array(z.object({ index: z.number().int().nonnegative(), relevance_score: z.number() }))
/** Voyage answers with `data`, everybody else with `results`. */
const rerankAnswer = z.union([z.object({ results: ranking }), z.object({ data: ranking }).transform(({ data }) => ({ results: data }))])

/** A model behind `/rerank` in the shape that Cohere gave it and Jina, Voyage, SiliconFlow, vLLM and Xinference took over. */
export function createWireRerankModel(endpoint: WireEndpoint, model: string): RerankModel {
  return {
    async rerank(query, documents, topN, signal) {
      signal.throwIfAborted()
      const wanted = Math.min(topN, documents.length)
      if (wanted <= 0) return []
      const limit = endpoint.dialect.renames?.top_n ?? 'top_n'
      const body = omit({ model, query, documents, [limit]: wanted, return_documents: false }, endpoint.dialect)
      const answer = rerankAnswer.safeParse(await readJson(await postJson(endpoint, '/rerank', body, signal), endpoint, signal))
      if (!answer.success || answer.data.results.some(({ index }) => index >= documents.length)) {
        throw nonsense('no ranking of the documents.', endpoint.secrets, answer.error)
      }
      return answer.data.results
        .map((result) => ({ index: result.index, score: result.relevance_score }))
        .sort((left, right) => right.score - left.score)
        .slice(0, wanted)
    },
  }
}
