import type { ModerationModel } from '@trellis/spec'
import { z } from 'zod'
import { postJson, readJson, type WireEndpoint } from './endpoint.ts'
import { nonsense } from './error.ts'

const moderationAnswer = z.object({ results: z.array(z.object({ flagged: z.boolean() })).min(1) })

/** A model behind `/moderations`. */
export function createWireModerationModel(endpoint: WireEndpoint, model: string): ModerationModel {
  return {
    async isFlagged(text, signal) {
      if (text.trim() === '') return false
      const body = { model, input: text }
      const answer = moderationAnswer.safeParse(await readJson(await postJson(endpoint, '/moderations', body, signal), endpoint, signal))
      if (!answer.success) throw nonsense('no verdict.', endpoint.secrets, answer.error)
      return answer.data.results.some(({ flagged }) => flagged)
    },
  }
}
