import { AppError, type Monitoring } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import { toSeconds } from '../../http/compat/seconds.ts'
import type { Period } from '../logs/index.ts'
import { costsOf, type ListSpending } from './span-costs.ts'
import { spanStarts, stretchBefore, unitOf, type Window } from './spans.ts'
import { measure, type SpanFigures } from './statistics.service.ts'

const DAY_MS = 24 * 3_600_000
const USUAL_MS = 7 * DAY_MS
const LONGEST_DAYS = 400

/**
 * An app's figures in a window (the last seven days where none is named), and in a stretch as long before it.
 * @throws AppError `invalid_param` where the window is longer than 400 days, or has not begun
 */
export async function monitor(
  { db, clock, listSpending }: { readonly db: Db; readonly clock: Clock; readonly listSpending: ListSpending },
  app: AppsTable,
  { period, timeZone }: { readonly period: Period; readonly timeZone: string },
): Promise<Monitoring> {
  const until = Math.min(period.until ?? Number.POSITIVE_INFINITY, clock.now() + 1)
  const from = period.from ?? until - USUAL_MS
  assertWindow(from, until)
  const unit = unitOf(from, until)
  const window = { from, until }
  const before = stretchBefore(window, unit, timeZone)
  const measureBy = async (starts: readonly number[], window: Window) => {
    const figures = await measure(db, { app, starts, until: window.until })
    // Messages tell what the model of a basic app cost. Graphs have many, and runs of workflows no price.
    if (app.mode !== 'workflow' && app.mode !== 'advanced-chat') return figures
    const costs = costsOf(starts, await listSpending(app, window))
    return figures.map((of, span) => ({ ...of, costs: costs[span] ?? [] }))
  }
  const measureWhole = (of: Window) => measureBy([of.from], of)
  const measureSpans = (of: Window) => measureBy(spanStarts(of, unit, timeZone), of)
  const [[current], [previous], spans, previousSpans] = await Promise.all([
    measureWhole(window),
    measureWhole(before),
    measureSpans(window),
    measureSpans(before),
  ])
  if (!previous || !current) throw new TypeError('A span went in, and none came out')
  return {
    start: toSeconds(from),
    end: toSeconds(until),
    unit,
    current: present(current),
    previous: present(previous),
    spans: spans.map(present),
    previous_spans: previousSpans.map(present),
  }
}

function assertWindow(from: number, until: number): void {
  if (from >= until) {
    const refusal = { reason: 'period_future', values: {} } as const
    throw new AppError('invalid_param', { message: 'The window has not begun yet.', param: 'start', refusal })
  }
  if (until - from <= LONGEST_DAYS * DAY_MS) return
  throw new AppError('invalid_param', {
    message: `The window is longer than ${LONGEST_DAYS} days. Choose a shorter one.`,
    param: 'start',
    refusal: { reason: 'period_too_long', values: { limit: LONGEST_DAYS } },
  })
}

/** The contract strips what a window has no use for. */
const present = ({ start, ...figures }: SpanFigures) => ({ start: toSeconds(start), ...figures })
