import type { Db } from '@trellis/db'
import { sql } from 'kysely'
import { type Measure, selectMeasured, spanOf } from './measured.ts'

/** Sums come as texts from some drivers. */
type Sum = number | string

export interface SpanSums {
  readonly span: Sum
  readonly currency: string
  readonly messages: Sum
  readonly tokens: Sum
  readonly price_nano: Sum
  readonly failed: Sum
  /** Of answers whose latency is known, and that wrote something. */
  readonly timed_tokens: Sum
  readonly timed_ms: Sum
}

/** By span and currency. */
export const sumSpans = (db: Db, measure: Measure): Promise<SpanSums[]> =>
  db
    .selectFrom(selectMeasured(db, measure))
    .select((row) => [
      'span',
      'currency',
      row.fn.countAll<Sum>().as('messages'),
      sql<Sum>`coalesce(sum(${row.ref('tokens')}), 0)`.as('tokens'),
      sql<Sum>`coalesce(sum(${row.ref('price_nano')}), 0)`.as('price_nano'),
      sql<Sum>`coalesce(sum(${row.ref('failed')}), 0)`.as('failed'),
      sql<Sum>`coalesce(sum(case when ${row.ref('latency_ms')} > 0 then ${row.ref('tokens_out')} else 0 end), 0)`.as('timed_tokens'),
      sql<Sum>`coalesce(sum(case when ${row.ref('tokens_out')} > 0 then ${row.ref('latency_ms')} else 0 end), 0)`.as('timed_ms'),
    ])
    .groupBy(['span', 'currency'])
    .execute()

export interface SpanPeople {
  readonly span: Sum
  readonly users: Sum
  readonly conversations: Sum
}

/** Each counted once a span, however often they came. */
export const countPeople = (db: Db, measure: Measure): Promise<SpanPeople[]> =>
  db
    .selectFrom(selectMeasured(db, measure))
    .select((row) => [
      'span',
      sql<Sum>`count(distinct ${row.ref('talker')})`.as('users'),
      sql<Sum>`count(distinct ${row.ref('conversation')})`.as('conversations'),
    ])
    .groupBy('span')
    .execute()

export interface SpanLatencies {
  readonly span: Sum
  readonly p50: Sum | null
  readonly p95: Sum | null
  readonly average: Sum | null
}

/** By the nearest rank: the least latency that so many of a hundred answers took at most. Milliseconds. */
export const rankLatencies = (db: Db, measure: Measure): Promise<SpanLatencies[]> =>
  db
    .selectFrom(
      db
        .selectFrom(selectMeasured(db, measure))
        .select((row) => [
          'span',
          'latency_ms',
          sql<number>`row_number() over (partition by ${row.ref('span')} order by ${row.ref('latency_ms')})`.as('place'),
          sql<number>`count(*) over (partition by ${row.ref('span')})`.as('among'),
        ])
        .where('latency_ms', '>', 0)
        .as('ranked'),
    )
    .select((row) => [
      'span',
      sql<Sum | null>`min(case when ${row.ref('place')} * 100 >= ${row.ref('among')} * 50 then ${row.ref('latency_ms')} end)`.as('p50'),
      sql<Sum | null>`min(case when ${row.ref('place')} * 100 >= ${row.ref('among')} * 95 then ${row.ref('latency_ms')} end)`.as('p95'),
      sql<Sum | null>`avg(${row.ref('latency_ms')})`.as('average'),
    ])
    .groupBy('span')
    .execute()

export interface SpanRatings {
  readonly span: Sum
  readonly liked: Sum
  readonly disliked: Sum
}

/** Ratings count for the time of the answer that was rated. */
export const countRatings = (db: Db, { app, starts, until }: Measure): Promise<SpanRatings[]> =>
  db
    .selectFrom(
      db
        .selectFrom('message_feedbacks')
        .innerJoin('messages', 'messages.id', 'message_feedbacks.message_id')
        .select((row) => [spanOf(row.ref('messages.created_at'), starts).as('span'), 'message_feedbacks.rating'])
        .where('messages.tenant_id', '=', app.tenant_id)
        .where('message_feedbacks.app_id', '=', app.id)
        .where('messages.invoke_from', '!=', 'debugger')
        .where('messages.created_at', '>=', starts[0] ?? until)
        .where('messages.created_at', '<', until)
        .as('rated'),
    )
    .select((row) => [
      'span',
      sql<Sum>`sum(case when ${row.ref('rating')} = 'like' then 1 else 0 end)`.as('liked'),
      sql<Sum>`sum(case when ${row.ref('rating')} = 'dislike' then 1 else 0 end)`.as('disliked'),
    ])
    .groupBy('span')
    .execute()

/** When traffic began, in milliseconds; undefined where there was none yet. */
export async function findBeginning(db: Db, { app, until }: Omit<Measure, 'starts'>): Promise<number | undefined> {
  const rows = db
    .selectFrom(app.mode === 'workflow' ? 'runs' : 'messages')
    .select('created_at')
    .where('tenant_id', '=', app.tenant_id)
    .where('app_id', '=', app.id)
    .where('created_at', '<', until)
  const first = await rows.orderBy('created_at').limit(1).executeTakeFirst()
  return first === undefined ? undefined : Number(first.created_at)
}
