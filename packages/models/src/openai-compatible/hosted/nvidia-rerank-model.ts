import type { RerankModel } from '@trellis/spec'
import { z } from 'zod'
import { nonsense, postJson, readJson, type WireEndpoint } from '../../openai-wire/index.ts'

/** Most passages in one request (docs.nvidia.com/nim/nemo-retriever, reranking). */
const MAX_PASSAGES = 512

const rankingAnswer = z.object({ rankings: z.array(z.object({ index: z.number().int().nonnegative(), logit: z.number() })) })

/**
 * A model behind `/ranking` of a NIM server, or behind an address of its own in the catalog of NVIDIA. It tells logits: scores are
 * their logistic function, so that thresholds between 0 and 1 mean what they mean elsewhere.
 */
export function createNvidiaRerankModel(endpoint: WireEndpoint, model: string): RerankModel {
  async function rank(query: string, documents: readonly string[], signal: AbortSignal) {
    const body = { model, query: { text: query }, passages: documents.map((text) => ({ text })), truncate: 'END' }
    const answer = rankingAnswer.safeParse(await readJson(await postJson(endpoint, '/ranking', body, signal), endpoint, signal))
    if (!answer.success || answer.data.rankings.some(({ index }) => index >= documents.length)) {
      throw nonsense('no ranking of the documents.', endpoint.secrets, answer.error)
    }
    return answer.data.rankings
  }

  return {
    async rerank(query, documents, topN, signal) {
      signal.throwIfAborted()
      const ranked: { readonly index: number; readonly score: number }[] = []
      for (let start = 0; start < documents.length && topN > 0; start += MAX_PASSAGES) {
        const rankings = await rank(query, documents.slice(start, start + MAX_PASSAGES), signal)
        ranked.push(...rankings.map(({ index, logit }) => ({ index: start + index, score: 1 / (1 + Math.exp(-logit)) })))
      }
      return ranked.sort((left, right) => right.score - left.score).slice(0, topN)
    },
  }
}
