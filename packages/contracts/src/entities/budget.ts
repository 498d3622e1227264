import { z } from 'zod'
import { orNull, timestamp, uuid } from '../common/wire.ts'
import { timezoneName } from './account.ts'

const budgetPeriods = ['day', 'month', 'total'] as const
const MOST_DOLLARS = 1_000_000

const dollars = z
  .number()
  .positive('A budget is more than nothing.')
  .max(MOST_DOLLARS, `A budget is ${MOST_DOLLARS} dollars at most.`)
  .refine((amount) => amount * 1e9 >= 1, 'A budget is more than nothing.')

/** What a person decides of a budget. */
const rules = {
  /** Dollars. */
  amount: dollars,
  period: z.enum(budgetPeriods),
  /** How full it is, in percent, when people are warned; null: never. */
  warn_percent: z.number().int().min(1).max(100).nullable(),
  /** Calls that it does not cover are refused. */
  stops: z.boolean(),
  /** So are calls of models whose price nobody knows; they count as nothing otherwise. */
  refuses_unpriced: z.boolean(),
}

export const budgetCreateSchema = z.strictObject({
  target: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('workspace') }),
    z.strictObject({ type: z.literal('app'), app_id: uuid }),
    z.strictObject({ type: z.literal('key'), key_id: uuid }),
  ]),
  amount: rules.amount,
  period: rules.period,
  /** Whose days and months count; those of whoever makes it where absent. */
  timezone: timezoneName.optional(),
  warn_percent: rules.warn_percent.default(80),
  stops: rules.stops.default(true),
  refuses_unpriced: rules.refuses_unpriced.default(true),
})
export type BudgetCreate = z.infer<typeof budgetCreateSchema>

/** What is left out stays. */
export const budgetChangeSchema = z.strictObject({
  amount: rules.amount.optional(),
  period: rules.period.optional(),
  timezone: timezoneName.optional(),
  warn_percent: rules.warn_percent.optional(),
  stops: rules.stops.optional(),
  refuses_unpriced: rules.refuses_unpriced.optional(),
})
export type BudgetChange = z.infer<typeof budgetChangeSchema>

/** Figures are dollars as decimals. */
export const budgetSchema = z.object({
  id: uuid,
  /** Names are null of what is gone. A key is told by its masked form, and its app. */
  target: z.discriminatedUnion('type', [
    z.object({ type: z.literal('workspace') }),
    z.object({ type: z.literal('app'), app_id: uuid, name: orNull(z.string()) }),
    z.object({ type: z.literal('key'), app_id: uuid, name: orNull(z.string()), key_id: uuid, token: orNull(z.string()) }),
  ]),
  amount: z.string(),
  currency: z.literal('USD'),
  period: rules.period,
  timezone: z.string(),
  warn_percent: rules.warn_percent,
  stops: z.boolean(),
  refuses_unpriced: z.boolean(),
  used: z.string(),
  /** By calls under way: what they may come to, and have not used yet. */
  reserved: z.string(),
  refused_calls: z.number().int(),
  starts_at: timestamp,
  /** Null: it does not renew itself. */
  renews_at: orNull(timestamp),
  state: z.enum(['within', 'warned', 'spent']),
  created_at: timestamp,
})
export type Budget = z.infer<typeof budgetSchema>
