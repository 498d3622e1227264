import { AppError, type ModelUsage, nanoToDecimal, type UsageSums } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { dayOf } from './day-rows.ts'
import { readNames } from './names.repository.ts'
import { type Sums, sumBy, type UsageFilter } from './usage.repository.ts'

const DAY_MS = 86_400_000
const USUAL_DAYS = 30
const MOST_DAYS = 400
const MOST_LINES = 100

/** What is asked for, its days as `YYYY-MM-DD`. */
export type UsageQuery = Omit<UsageFilter, 'from' | 'to'> & { readonly start?: string | undefined; readonly end?: string | undefined }

/** @throws AppError `invalid_param` where the days are in the wrong order, or too many */
export function toFilter({ start, end, ...filter }: UsageQuery, now: number): UsageFilter {
  const to = end === undefined ? dayOf(now) : readDay(end, 'end')
  const from = start === undefined ? to - (USUAL_DAYS - 1) * DAY_MS : readDay(start, 'start')
  if (from > to) {
    const refusal = { reason: 'period_backwards', values: {} } as const
    throw new AppError('invalid_param', { message: 'The first day is after the last.', param: 'start', refusal })
  }
  if (to - from >= MOST_DAYS * DAY_MS) {
    const refusal = { reason: 'period_too_long', values: { limit: MOST_DAYS } } as const
    throw new AppError('invalid_param', {
      message: `At most ${MOST_DAYS} days at once. Choose a shorter stretch.`,
      param: 'start',
      refusal,
    })
  }
  return { ...filter, from, to }
}

function readDay(date: string, param: string): number {
  const time = Date.parse(`${date}T00:00:00Z`)
  // Days that a month does not have are moved on by the parser instead of refused.
  if (Number.isNaN(time) || toDate(time) !== date) {
    const refusal = { reason: 'time_unknown', values: { time: date } } as const
    throw new AppError('invalid_param', { message: `${date} is no day of the calendar.`, param, refusal })
  }
  return time
}

export const toDate = (day: number): string => new Date(day).toISOString().slice(0, 10)

/** What models used in a stretch of days, beside one as long before it. */
export async function reportUsage(db: Db, tenantId: string, filter: UsageFilter): Promise<ModelUsage> {
  const lengthMs = filter.to - filter.from + DAY_MS
  const before = { ...filter, from: filter.from - lengthMs, to: filter.to - lengthMs }
  const limit = MOST_LINES
  const [days, previousDays, models, apps, people, keys, purposes] = await Promise.all([
    sumBy(db, tenantId, { names: ['day'], filter }),
    sumBy(db, tenantId, { names: ['day'], filter: before }),
    sumBy(db, tenantId, { names: ['provider', 'model'], filter, limit }),
    sumBy(db, tenantId, { names: ['app_id'], filter, limit }),
    sumBy(db, tenantId, { names: ['user_id', 'user_type'], filter, limit }),
    sumBy(db, tenantId, { names: ['api_key_id'], filter, limit }),
    sumBy(db, tenantId, { names: ['purpose'], filter, limit }),
  ])
  const used = keys.filter(({ api_key_id }) => api_key_id !== '')
  const names = await namesFor(db, tenantId, { apps, people, keys: used })
  return {
    start: toDate(filter.from),
    end: toDate(filter.to),
    current: present(total(days)),
    previous: present(total(previousDays)),
    days: everyDay(filter, days),
    previous_days: everyDay(before, previousDays),
    models: models.map(({ provider, model, ...sums }) => ({ provider, model, ...present(sums) })),
    apps: apps.map(({ app_id: id, ...sums }) => ({ id: id || null, name: names.app(id) ?? null, ...present(sums) })),
    people: people.map(({ user_id: id, user_type: type, ...sums }) => ({
      id: id || null,
      type: type || null,
      name: (type === 'account' ? names.account(id) : names.endUser(id)) ?? null,
      session_id: names.sessionOfEndUser(id) ?? null,
      is_visitor: names.isVisitor(id),
      ...present(sums),
    })),
    keys: used.map(({ api_key_id: id, ...sums }) => ({
      id,
      token: names.key(id) ?? null,
      app_name: names.appNameOfKey(id) ?? null,
      ...present(sums),
    })),
    purposes: purposes.map(({ purpose, ...sums }) => ({ purpose, ...present(sums) })),
  }
}

interface Named {
  readonly apps: readonly { readonly app_id: string }[]
  readonly people: readonly { readonly user_id: string; readonly user_type: string }[]
  readonly keys: readonly { readonly api_key_id: string }[]
}

async function namesFor(db: Db, tenantId: string, { apps, people, keys }: Named) {
  const ofType = (wanted: string): string[] => people.filter(({ user_type }) => user_type === wanted).map(({ user_id }) => user_id)
  const names = await readNames(db, tenantId, {
    apps: apps.flatMap(({ app_id }) => app_id || []),
    endUsers: ofType('end_user'),
    accounts: ofType('account'),
    keys: keys.map(({ api_key_id }) => api_key_id),
  })
  const appsOfKeys = keys.flatMap(({ api_key_id }) => names.appOfKey(api_key_id) ?? [])
  const more = await readNames(db, tenantId, { apps: appsOfKeys })
  return { ...names, appNameOfKey: (id: string) => more.app(names.appOfKey(id) ?? '') }
}

const present = (sums: Sums): UsageSums => ({
  calls: Number(sums.calls),
  failed_calls: Number(sums.failed_calls),
  unpriced_calls: Number(sums.unpriced_calls),
  prompt_tokens: Number(sums.prompt_tokens),
  completion_tokens: Number(sums.completion_tokens),
  cost: nanoToDecimal(Number(sums.cost_usd_nano)),
})

const nothing: Sums = { calls: 0, failed_calls: 0, unpriced_calls: 0, prompt_tokens: 0, completion_tokens: 0, cost_usd_nano: 0 }

const total = (rows: readonly Sums[]): Sums =>
  rows.reduce(
    (sum, row) => ({
      calls: Number(sum.calls) + Number(row.calls),
      failed_calls: Number(sum.failed_calls) + Number(row.failed_calls),
      unpriced_calls: Number(sum.unpriced_calls) + Number(row.unpriced_calls),
      prompt_tokens: Number(sum.prompt_tokens) + Number(row.prompt_tokens),
      completion_tokens: Number(sum.completion_tokens) + Number(row.completion_tokens),
      cost_usd_nano: Number(sum.cost_usd_nano) + Number(row.cost_usd_nano),
    }),
    nothing,
  )

function everyDay({ from, to }: UsageFilter, rows: readonly (Sums & { readonly day: number })[]): ModelUsage['days'] {
  const known = new Map(rows.map((row) => [Number(row.day), row]))
  return Array.from({ length: (to - from) / DAY_MS + 1 }, (_, place) => {
    const day = from + place * DAY_MS
    return { date: toDate(day), ...present(known.get(day) ?? nothing) }
  })
}
