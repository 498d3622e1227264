import { nanoToDecimal } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { CSV_MARK, type CsvCell, writeCsvLines } from '../../http/csv.ts'
import type { DayRow } from './ledger.repository.ts'
import { type Names, readNames } from './names.repository.ts'
import { listDayRows, type UsageFilter } from './usage.repository.ts'
import { toDate } from './usage.service.ts'

type Column = readonly [heading: string, read: (row: DayRow, names: Names) => CsvCell]

/** Names are for programs as well as for people: they stay what they are in every language. */
const columns: readonly Column[] = [
  ['date', ({ day }) => toDate(Number(day))],
  ['app_id', ({ app_id }) => app_id],
  ['app', ({ app_id }, names) => names.app(app_id)],
  ['api_key', ({ api_key_id }, names) => names.key(api_key_id) ?? api_key_id],
  ['user_id', ({ user_id }) => user_id],
  ['user', ({ user_id, user_type }, names) => (user_type === 'account' ? names.account(user_id) : names.endUser(user_id))],
  ['model_provider', ({ provider }) => provider],
  ['model', ({ model }) => model],
  ['purpose', ({ purpose }) => purpose],
  ['calls', ({ calls }) => calls],
  ['failed_calls', ({ failed_calls }) => failed_calls],
  ['calls_without_price', ({ unpriced_calls }) => unpriced_calls],
  ['input_tokens', ({ prompt_tokens }) => prompt_tokens],
  ['output_tokens', ({ completion_tokens }) => completion_tokens],
  // Empty where nothing is known of it.
  [
    'cost_usd',
    ({ calls, unpriced_calls, cost_usd_nano }) => (unpriced_calls === calls ? null : Number(nanoToDecimal(Number(cost_usd_nano)))),
  ],
]

const ROWS_AT_ONCE = 500

/** A line for each day, app, key, person, model and purpose, below the names of the columns. */
export async function* writeUsageCsv(db: Db, tenantId: string, filter: UsageFilter): AsyncGenerator<string, void, undefined> {
  yield CSV_MARK + writeCsvLines([columns.map(([heading]) => heading)])
  for (let offset = 0; ; offset += ROWS_AT_ONCE) {
    const rows = await listDayRows(db, tenantId, { filter, offset, limit: ROWS_AT_ONCE })
    const idsOf = (type: string): string[] => [...new Set(rows.filter((row) => row.user_type === type).map((row) => row.user_id))]
    const names = await readNames(db, tenantId, {
      apps: [...new Set(rows.flatMap(({ app_id }) => app_id || []))],
      keys: [...new Set(rows.flatMap(({ api_key_id }) => api_key_id || []))],
      endUsers: idsOf('end_user'),
      accounts: idsOf('account'),
    })
    if (rows.length > 0) yield writeCsvLines(rows.map((row) => columns.map(([, read]) => read(row, names))))
    if (rows.length < ROWS_AT_ONCE) return
  }
}
