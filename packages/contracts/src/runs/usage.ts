import { z } from 'zod'

/** What a call or a run used, and what that cost. */
export const usageSchema = z.object({
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  totalTokens: z.number().int(),
  /** Prices in nano-units of `currency` (1e-9), as integers. */
  promptPriceNano: z.number().int(),
  completionPriceNano: z.number().int(),
  totalPriceNano: z.number().int(),
  /** Price of `priceUnitTokens` tokens, in nano-units. */
  promptUnitPriceNano: z.number().int(),
  completionUnitPriceNano: z.number().int(),
  priceUnitTokens: z.number().int(),
  currency: z.string(),
  latencyMs: z.number(),
  firstTokenMs: z.number().nullable(),
})
export type Usage = z.infer<typeof usageSchema>
