import { z } from 'zod'
import { orNull } from '../common/wire.ts'

/** Prices are decimal strings, times are seconds (service-api 1.2). */
export const usageWireSchema = z.object({
  prompt_tokens: z.number().int(),
  prompt_unit_price: z.string(),
  prompt_price_unit: z.string(),
  prompt_price: z.string(),
  completion_tokens: z.number().int(),
  completion_unit_price: z.string(),
  completion_price_unit: z.string(),
  completion_price: z.string(),
  total_tokens: z.number().int(),
  total_price: z.string(),
  currency: z.string(),
  latency: z.number(),
  time_to_first_token: orNull(z.number()),
  time_to_generate: orNull(z.number()),
})
export type UsageWire = z.infer<typeof usageWireSchema>
