import type { Db } from '@trellis/db'
import type { DayRow } from './ledger.repository.ts'

/** Days of UTC by where they begin, the last one part of it. */
export interface UsageFilter {
  readonly from: number
  readonly to: number
  readonly app?: string | undefined
  readonly key?: string | undefined
  readonly person?: string | undefined
  readonly provider?: string | undefined
  readonly model?: string | undefined
}

/** Sums come as texts from some drivers. */
type Sum = number | string

export interface Sums {
  readonly calls: Sum
  readonly failed_calls: Sum
  readonly unpriced_calls: Sum
  readonly prompt_tokens: Sum
  readonly completion_tokens: Sum
  readonly cost_usd_nano: Sum
}

type Dimension = 'day' | 'app_id' | 'api_key_id' | 'user_id' | 'user_type' | 'provider' | 'model' | 'purpose'

const selectDays = (db: Db, tenantId: string, { from, to, app, key, person, provider, model }: UsageFilter) =>
  db
    .selectFrom('model_usage_days')
    .where('tenant_id', '=', tenantId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .$if(app !== undefined, (query) => query.where('app_id', '=', app ?? ''))
    .$if(key !== undefined, (query) => query.where('api_key_id', '=', key ?? ''))
    .$if(person !== undefined, (query) => query.where('user_id', '=', person ?? ''))
    .$if(provider !== undefined, (query) => query.where('provider', '=', provider ?? ''))
    .$if(model !== undefined, (query) => query.where('model', '=', model ?? ''))

/** Sums by what the rows have in common, the most expensive first. */
export async function sumBy<const Names extends readonly Dimension[]>(
  db: Db,
  tenantId: string,
  { names, filter, limit }: { readonly names: Names; readonly filter: UsageFilter; readonly limit?: number },
): Promise<(Pick<DayRow, Names[number]> & Sums)[]> {
  const rows: unknown = await selectDays(db, tenantId, filter)
    .select([...names])
    .select((row) => [
      row.fn.sum<Sum>('calls').as('calls'),
      row.fn.sum<Sum>('failed_calls').as('failed_calls'),
      row.fn.sum<Sum>('unpriced_calls').as('unpriced_calls'),
      row.fn.sum<Sum>('prompt_tokens').as('prompt_tokens'),
      row.fn.sum<Sum>('completion_tokens').as('completion_tokens'),
      row.fn.sum<Sum>('cost_usd_nano').as('cost_usd_nano'),
    ])
    .groupBy([...names])
    .orderBy('cost_usd_nano', 'desc')
    .orderBy('calls', 'desc')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute()
  // The columns that were named, with the sums: Kysely does not work that out of a generic.
  return rows as (Pick<DayRow, Names[number]> & Sums)[]
}

/** A page of the rows themselves, in the order of their keys. */
export const listDayRows = (
  db: Db,
  tenantId: string,
  { filter, offset, limit }: { readonly filter: UsageFilter; readonly offset: number; readonly limit: number },
): Promise<DayRow[]> =>
  selectDays(db, tenantId, filter)
    .selectAll()
    .orderBy('day')
    .orderBy('app_id')
    .orderBy('api_key_id')
    .orderBy('user_id')
    .orderBy('provider')
    .orderBy('model')
    .orderBy('purpose')
    .offset(offset)
    .limit(limit)
    .execute()
