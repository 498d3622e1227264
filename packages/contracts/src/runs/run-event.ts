import { z } from 'zod'

/**
 * What happens in a run, in the order in which it happened: the journal's own vocabulary (version 1).
 * Every event has an offset, its position in the run counted from 0. Dify's frames are translations of these, made at the edge.
 */
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

export const latencyLedgerSchema = z.object({
  /** From the request's arrival until the run was accepted (rows written). */
  queueMs: z.number(),
  /** Our own work: prompt assembly, translation. */
  engineMs: z.number(),
  databaseMs: z.number(),
  /** From the call to the provider's first byte of answer text. */
  providerFirstTokenMs: z.number(),
  providerStreamMs: z.number(),
  totalMs: z.number(),
})
export type LatencyLedger = z.infer<typeof latencyLedgerSchema>

export const runEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run-start'), createdAtMs: z.number() }),
  z.object({ type: z.literal('text-delta'), text: z.string() }),
  z.object({ type: z.literal('reasoning-delta'), text: z.string() }),
  /** The text so far is replaced (moderation, or the truth after an interruption). */
  z.object({ type: z.literal('text-replace'), text: z.string(), reason: z.string() }),
  z.object({ type: z.literal('run-end'), usage: usageSchema, ledger: latencyLedgerSchema, isStopped: z.boolean() }),
  z.object({ type: z.literal('run-error'), code: z.string(), message: z.string(), status: z.number() }),
])
export type RunEvent = z.infer<typeof runEventSchema>

export const isTerminalEvent = (event: RunEvent): boolean => event.type === 'run-end' || event.type === 'run-error'
