import type { AppsTable, Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Period } from '../logs/index.ts'
import { localDateIn, spanStarts } from './spans.ts'
import { findBeginning } from './statistics.repository.ts'
import { measure, type SpanFigures } from './statistics.service.ts'

export interface DailyFigures extends SpanFigures {
  /** `YYYY-MM-DD` where the account is. */
  readonly date: string
}

/** Charts without a beginning reach back this far at most. */
const LONGEST_MS = 3660 * 24 * 3_600_000

/** The days of a period on which anything happened; without a beginning, since traffic began. */
export async function measureDays(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  app: AppsTable,
  { period, timeZone }: { readonly period: Period; readonly timeZone: string },
): Promise<DailyFigures[]> {
  const until = Math.min(period.until ?? Number.POSITIVE_INFINITY, clock.now() + 1)
  const beginning = await findBeginning(db, { app, until })
  if (beginning === undefined) return []
  const from = Math.max(period.from ?? beginning, beginning, until - LONGEST_MS)
  if (from >= until) return []
  const toDate = localDateIn(timeZone)
  const days = await measure(db, { app, starts: spanStarts({ from, until }, 'day', timeZone), until })
  return days.filter(({ messages }) => messages > 0).map((day) => ({ ...day, date: toDate(day.start) }))
}
