import type { AppsTable, Db } from '@trellis/db'
import { type Expression, type RawBuilder, sql } from 'kysely'

/** What is measured: an app's traffic in spans of time that follow each other. */
export interface Measure {
  readonly app: Pick<AppsTable, 'id' | 'tenant_id' | 'mode'>
  /** Where each span begins, in order; the last ends with the window. Milliseconds. */
  readonly starts: readonly number[]
  readonly until: number
}

/** The number of the span that a time falls into, found by halves, so that a year of days costs nine comparisons a row. */
export function spanOf(time: Expression<number>, starts: readonly number[]): RawBuilder<number> {
  const search = (low: number, high: number): RawBuilder<number> => {
    if (low === high) return sql<number>`${sql.lit(low)}`
    const middle = Math.ceil((low + high) / 2)
    const start = starts[middle] ?? 0
    return sql<number>`case when ${time} < ${sql.lit(start)} then ${search(low, middle - 1)} else ${search(middle, high)} end`
  }
  return search(0, Math.max(0, starts.length - 1))
}

/** What `triggered_from` says of trials of workflows. */
const trials = ['debugging', 'single-step'] as const

/** Each turn of an app that answers, each run of a workflow: who asked, what it took, how it ended. Trials are nobody's traffic. */
export const selectMeasured = (db: Db, measure: Measure) =>
  measure.app.mode === 'workflow' ? selectRuns(db, measure) : selectTurns(db, measure)

function selectTurns(db: Db, { app, starts, until }: Measure) {
  return db
    .selectFrom('messages')
    .select((row) => [
      spanOf(row.ref('created_at'), starts).as('span'),
      sql<string | null>`coalesce(${row.ref('from_end_user_id')}, ${row.ref('from_account_id')})`.as('talker'),
      sql<string | null>`${row.ref('conversation_id')}`.as('conversation'),
      sql<number>`${row.ref('prompt_tokens')} + ${row.ref('completion_tokens')}`.as('tokens'),
      sql<number>`${row.ref('completion_tokens')}`.as('tokens_out'),
      sql<number>`${row.ref('total_price_nano')}`.as('price_nano'),
      sql<string>`${row.ref('currency')}`.as('currency'),
      sql<number>`${row.ref('provider_latency_ms')}`.as('latency_ms'),
      sql<number>`case when ${row.ref('status')} = 'error' then 1 else 0 end`.as('failed'),
    ])
    .where('tenant_id', '=', app.tenant_id)
    .where('app_id', '=', app.id)
    .where('invoke_from', '!=', 'debugger')
    .where('created_at', '>=', starts[0] ?? until)
    .where('created_at', '<', until)
    .as('measured')
}

/** Runs keep neither their price nor which tokens came out. */
function selectRuns(db: Db, { app, starts, until }: Measure) {
  return db
    .selectFrom('runs')
    .select((row) => [
      spanOf(row.ref('created_at'), starts).as('span'),
      sql<string | null>`coalesce(${row.ref('from_end_user_id')}, ${row.ref('from_account_id')})`.as('talker'),
      sql<string | null>`null`.as('conversation'),
      sql<number>`${row.ref('total_tokens')}`.as('tokens'),
      sql<number>`0`.as('tokens_out'),
      sql<number>`0`.as('price_nano'),
      sql<string>`'USD'`.as('currency'),
      sql<number>`coalesce(${row.ref('elapsed_ms')}, 0)`.as('latency_ms'),
      sql<number>`case when ${row.ref('status')} in ('failed', 'interrupted') then 1 else 0 end`.as('failed'),
    ])
    .where('tenant_id', '=', app.tenant_id)
    .where('app_id', '=', app.id)
    .where('kind', '=', 'workflow')
    .where('triggered_from', 'not in', trials)
    .where('created_at', '>=', starts[0] ?? until)
    .where('created_at', '<', until)
    .as('measured')
}
