import type { ModerationModel } from '@trellis/spec'
import { z } from 'zod'
import { postJson, readJson, type WireEndpoint } from './endpoint.ts'
import { nonsense } from './error.ts'

/** OpenAI tells the verdict; Mistral leaves it to be seen in the categories. */
const verdict = z.union([
  z.object({ flagged: z.boolean() }),
  z.object({ categories: z.record(z.string(), z.boolean()) }).transform(({ categories }) => ({
    flagged: Object.values(categories).includes(true),
  })),
])
const moderationAnswer = z.object({ results: z.array(verdict).min(1) })

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
