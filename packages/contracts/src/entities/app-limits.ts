import { z } from 'zod'
import { orNull } from '../common/wire.ts'

const limit = orNull(z.number().int())

const limits = {
  /** Runs at a time. */
  max_active_requests: limit,
  requests_per_minute: limit,
  requests_per_hour: limit,
  requests_per_day: limit,
}

/** How much of an app may be asked for; null is no limit. */
export const appLimitsSchema = z.object({
  ...limits,
  /** What holds for each app of this server, whatever it says itself. */
  ceilings: z.object(limits),
  /** Runs at a time of an app that says nothing about them. */
  default_active_requests: limit,
})

const wanted = z
  .number()
  .int('A limit is a whole number.')
  .min(0, 'A limit is 1 or more; 0 is none.')
  .max(1_000_000_000, 'A limit is at most 1,000,000,000; 0 is none.')
  .nullish()

export const appLimitsInput = {
  max_active_requests: wanted,
  requests_per_minute: wanted,
  requests_per_hour: wanted,
  requests_per_day: wanted,
}
