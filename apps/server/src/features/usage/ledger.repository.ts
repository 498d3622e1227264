import { createRowInsert, type Db, type ModelCallsTable, type ModelUsageDaysTable } from '@trellis/db'
import { firstIdAt } from '@trellis/kit'

export type CallRow = ModelCallsTable
export type DayRow = ModelUsageDaysTable

export const insertCalls = createRowInsert('model_calls', {
  id: true,
  tenant_id: true,
  app_id: true,
  api_key_id: true,
  end_user_id: true,
  account_id: true,
  run_id: true,
  message_id: true,
  purpose: true,
  provider: true,
  model: true,
  model_type: true,
  outcome: true,
  prompt_tokens: true,
  completion_tokens: true,
  is_estimated: true,
  price_nano: true,
  currency: true,
  cost_usd_nano: true,
  is_priced: true,
  latency_ms: true,
  created_at: true,
}).insert

const KEY = ['tenant_id', 'day', 'app_id', 'api_key_id', 'user_id', 'provider', 'model', 'purpose'] as const
const SUMS = ['calls', 'failed_calls', 'unpriced_calls', 'prompt_tokens', 'completion_tokens', 'cost_usd_nano'] as const
const ROWS_AT_ONCE = 50

/** Adds to what stands there. The rows are in an order that all processes keep, so that no two wait for each other. */
export async function addToDays(db: Db, rows: readonly DayRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await db
      .insertInto('model_usage_days')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict
          .columns(KEY)
          .doUpdateSet((row) =>
            Object.fromEntries(SUMS.map((name) => [name, row(`model_usage_days.${name}`, '+', row.ref(`excluded.${name}`))])),
          ),
      )
      .execute()
  }
}

/** Along the ids, which begin with the time. Tells how many there were. */
export async function deleteCallsBefore(db: Db, { before, limit }: { readonly before: number; readonly limit: number }): Promise<number> {
  const old = db.selectFrom('model_calls').select('id').where('id', '<', firstIdAt(before)).orderBy('id').limit(limit)
  const { numDeletedRows } = await db.deleteFrom('model_calls').where('id', 'in', old).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Whose spending. */
export interface Spender {
  readonly tenantId: string
  readonly appId: string | null
  readonly apiKeyId: string | null
}

/** Nano-dollars of the calls since a time, as far as they are written. */
export async function sumSpending(db: Db, { tenantId, appId, apiKeyId }: Spender, since: number): Promise<number> {
  const { sum } = await db
    .selectFrom('model_calls')
    .select((row) => row.fn.sum<number | string | null>('cost_usd_nano').as('sum'))
    .where('tenant_id', '=', tenantId)
    .where('created_at', '>=', since)
    .$if(appId !== null, (query) => query.where('app_id', '=', appId))
    .$if(apiKeyId !== null, (query) => query.where('api_key_id', '=', apiKeyId))
    .executeTakeFirstOrThrow()
  return Number(sum ?? 0)
}
