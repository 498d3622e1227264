import { z } from 'zod'
import { orNull, timestamp } from '../common/wire.ts'

/** What went through an app in a span of time. Turns of apps that answer, runs of workflows. */
export const figuresSchema = z.object({
  messages: z.number().int(),
  /** Of workflows, which have none: null. */
  conversations: orNull(z.number().int()),
  users: z.number().int(),
  tokens: z.number().int(),
  /** Decimal, by currency; what cost nothing is left out. */
  costs: z.array(z.object({ currency: z.string(), amount: z.string() })),
  /** Seconds that half, and all but a twentieth, of the answers took at most; null where none is known. */
  latency_p50: orNull(z.number()),
  latency_p95: orNull(z.number()),
  /** Tokens that came out a second; null where none is known. */
  tokens_per_second: orNull(z.number()),
  failed: z.number().int(),
  liked: z.number().int(),
  disliked: z.number().int(),
})
export type Figures = z.infer<typeof figuresSchema>

const spanSchema = z.object({ start: timestamp, ...figuresSchema.shape })

/** An app's figures in a window, beside a stretch as long before it: whole days earlier, so that hours of a day compare. */
export const monitoringSchema = z.object({
  start: timestamp,
  /** No longer part of it. */
  end: timestamp,
  unit: z.enum(['hour', 'day']),
  current: figuresSchema,
  previous: figuresSchema,
  /** Oldest first, each until the next begins. */
  spans: z.array(spanSchema),
  previous_spans: z.array(spanSchema),
})
export type Monitoring = z.infer<typeof monitoringSchema>
