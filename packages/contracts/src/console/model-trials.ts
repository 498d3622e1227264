import { z } from 'zod'
import { jsonObject } from '../common/wire.ts'
import { refusalSchema } from '../errors/refusal.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'

/** More than any model reads, less than would trouble the server. */
const LONGEST_TEXT = 1_000_000

/** What a model that is tried says, and at the end what that took. */
export const modelTrialEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('text'), text: z.string() }),
  z.object({ event: z.literal('reasoning'), text: z.string() }),
  z.object({
    event: z.literal('end'),
    finish_reason: z.enum(['stop', 'length', 'tool-calls', 'content-filter', 'other']),
    prompt_tokens: z.number().int(),
    completion_tokens: z.number().int(),
    /** Counted here, since the provider told nothing. */
    is_estimated: z.boolean(),
    /** A decimal number of `currency`; null where the model's price is not known. */
    total_price: z.string().nullable(),
    currency: z.string(),
    first_token_seconds: z.number().nullable(),
    seconds: z.number(),
  }),
  z.object({ event: z.literal('error'), code: z.string(), message: z.string(), details: refusalSchema.optional() }),
])
export type ModelTrialEvent = z.infer<typeof modelTrialEventSchema>

export const consoleModelTrialRoutes = {
  tryModel: defineRoute({
    surface: 'console',
    tag: 'Models',
    method: 'POST',
    path: '/workspaces/current/models/try',
    summary: 'Ask a language model once; always an event stream, in which a failure of the model is its last event',
    auth: editing,
    body: z.object({
      provider: z.string().min(1),
      model: z.string().min(1),
      system: z.string().max(LONGEST_TEXT).default(''),
      prompt: z.string().min(1, 'Say what the model is asked.').max(LONGEST_TEXT),
      /** By the rules of the model (`models/parameter-rules`). */
      parameters: jsonObject.default({}),
    }),
    responses: { 200: null },
    produces: 'event-stream',
    events: modelTrialEventSchema,
    errors: ['model_currently_not_support', 'provider_not_initialize'],
  }),
}
