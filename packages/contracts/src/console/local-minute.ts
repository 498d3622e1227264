import { z } from 'zod'

/** A query's time on the clock of the account's time zone; an empty one is none. */
export const localMinute = z
  .union([z.literal(''), z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/, 'A time as YYYY-MM-DD HH:MM is needed.')])
  .optional()
  .transform((text) => text || undefined)

/** A query's day on the calendar of the account's time zone; an empty one is none. */
export const localDay = z
  .union([z.literal(''), z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'A day as YYYY-MM-DD is needed.')])
  .optional()
  .transform((text) => text || undefined)
