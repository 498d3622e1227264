import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import { dayOf } from './day-rows.ts'

/** Spending of a short time, in nano-dollars. */
export interface Spending {
  /** Milliseconds. */
  readonly at: number
  readonly costNano: number
}

export interface SpendingReader {
  readonly db: Db
  readonly clock: Clock
  /** How long single calls are kept; 0: for ever. */
  readonly retentionMs: number
}

interface SpendingAsked {
  readonly tenantId: string
  readonly appId: string
  /** Milliseconds; `until` is no longer part of it. */
  readonly from: number
  readonly until: number
}

const DAY_MS = 24 * 3_600_000
/** Hours and days begin at quarters of an hour in every time zone. */
const QUARTER_MS = 15 * 60_000

/** What an app's calls of models cost, whatever they were for. Where single calls are gone, what a day of UTC came to, at its noon. */
export async function listSpending({ db, clock, retentionMs }: SpendingReader, asked: SpendingAsked): Promise<readonly Spending[]> {
  const { from, until } = asked
  const keptSince = retentionMs === 0 ? 0 : dayOf(clock.now() - retentionMs) + DAY_MS
  const [days, quarters] = await Promise.all([
    from < keptSince ? spendingOfDays(db, { ...asked, until: Math.min(until, keptSince) }) : [],
    until > keptSince ? spendingOfQuarters(db, { ...asked, from: Math.max(from, keptSince) }) : [],
  ])
  return [...days, ...quarters]
}

/** Days whose noon is part of it. */
async function spendingOfDays(db: Db, { tenantId, appId, from, until }: SpendingAsked): Promise<Spending[]> {
  const rows = await db
    .selectFrom('model_usage_days')
    .select((row) => ['day', row.fn.sum<number | string>('cost_usd_nano').as('cost')])
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('day', '>=', from - DAY_MS / 2)
    .where('day', '<', until - DAY_MS / 2)
    .groupBy('day')
    .execute()
  return rows.map(({ day, cost }) => ({ at: Number(day) + DAY_MS / 2, costNano: Number(cost) }))
}

async function spendingOfQuarters(db: Db, { tenantId, appId, from, until }: SpendingAsked): Promise<Spending[]> {
  const rows = await db
    .selectFrom(
      db
        .selectFrom('model_calls')
        .select((row) => ['cost_usd_nano', row('created_at', '-', row('created_at', '%', QUARTER_MS)).as('quarter')])
        .where('tenant_id', '=', tenantId)
        .where('app_id', '=', appId)
        .where('created_at', '>=', from)
        .where('created_at', '<', until)
        .as('calls'),
    )
    .select((row) => ['quarter', row.fn.sum<number | string>('cost_usd_nano').as('cost')])
    .groupBy('quarter')
    .execute()
  // The first quarter may begin before what was asked for does.
  return rows.map(({ quarter, cost }) => ({ at: Math.max(Number(quarter), from), costNano: Number(cost) }))
}
