import { z } from 'zod'
import { orNull, uuid } from '../common/wire.ts'

const count = z.number().int()

/** What calls of models came to. */
const sums = {
  calls: count,
  failed_calls: count,
  /** Of models whose price nobody knows: they cost nothing here. */
  unpriced_calls: count,
  prompt_tokens: count,
  completion_tokens: count,
  /** Dollars as a decimal; other currencies by the rate of then. */
  cost: z.string(),
}
const usageSumsSchema = z.object(sums)
export type UsageSums = z.infer<typeof usageSumsSchema>

/** A day of the calendar, in UTC. */
const usageDaySchema = z.object({ date: z.string(), ...sums })

/** What models used in a stretch of days, beside one as long before it. Lists: the most expensive first, a hundred at most. */
export const modelUsageSchema = z.object({
  /** The first day and the last, in UTC. */
  start: z.string(),
  end: z.string(),
  current: usageSumsSchema,
  previous: usageSumsSchema,
  days: z.array(usageDaySchema),
  previous_days: z.array(usageDaySchema),
  models: z.array(z.object({ provider: z.string(), model: z.string(), ...sums })),
  /** Null: for the workspace itself. Names are null of what is gone. */
  apps: z.array(z.object({ id: orNull(uuid), name: orNull(z.string()), ...sums })),
  people: z.array(
    z.object({
      id: orNull(uuid),
      type: orNull(z.enum(['end_user', 'account'])),
      name: orNull(z.string()),
      /** What an end user is called by the page or the program that they used, as in the log. */
      session_id: orNull(z.string()),
      /** A page, not a program, called them so. */
      is_visitor: z.boolean(),
      ...sums,
    }),
  ),
  /** Calls that came without a key are no part of it. */
  keys: z.array(z.object({ id: uuid, token: orNull(z.string()), app_name: orNull(z.string()), ...sums })),
  purposes: z.array(z.object({ purpose: z.string(), ...sums })),
})
export type ModelUsage = z.infer<typeof modelUsageSchema>
