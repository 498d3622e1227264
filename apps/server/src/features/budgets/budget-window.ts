import type { BudgetsTable } from '@trellis/db'
import { parsePeriod } from '../logs/index.ts'

/** A budget's day or month, or all of its time. Milliseconds. */
export interface BudgetWindow {
  readonly startsAt: number
  /** When it is renewed; null: never. */
  readonly endsAt: number | null
}

/** The window that a time falls into, by the calendar of the budget's time zone. */
export function windowOf(
  { period, timezone, created_at }: Pick<BudgetsTable, 'period' | 'timezone' | 'created_at'>,
  now: number,
): BudgetWindow {
  if (period === 'total') return { startsAt: created_at, endsAt: null }
  const [year = 0, month = 1, day = 1] = dateIn(timezone, now).split('-').map(Number)
  const [first, next] =
    period === 'day' ? [utcDate(year, month, day), utcDate(year, month, day + 1)] : [utcDate(year, month, 1), utcDate(year, month + 1, 1)]
  return { startsAt: midnight(first, timezone), endsAt: midnight(next, timezone) }
}

const utcDate = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)

function midnight(date: string, timezone: string): number {
  const { from } = parsePeriod({ start: `${date} 00:00`, end: undefined }, timezone)
  if (from === undefined) throw new TypeError(`${date} has no beginning in ${timezone}`)
  return from
}

const dateIn = (timeZone: string, time: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(time)
