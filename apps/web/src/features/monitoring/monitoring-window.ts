import { toLogMinute } from '../logs/log-filter.ts'

export const monitoringRanges = ['day', 'week', 'month', 'quarter', 'custom'] as const
export type MonitoringRange = (typeof monitoringRanges)[number]

/** What the figures are of, as its controls show it; days `YYYY-MM-DD`, both included, empty where open. */
export interface MonitoringWindow {
  readonly range: MonitoringRange
  readonly from: string
  readonly until: string
}

const DAYS = { week: 7, month: 30, quarter: 90 }

/** The window as the server takes it. Ranges of days are whole ones, today among them. */
export function toWindowQuery({ range, from, until }: MonitoringWindow, now: Date, timeZone: string): { start?: string; end?: string } {
  if (range === 'custom') return { ...(from && { start: `${from} 00:00` }), ...(until && { end: `${until} 23:59` }) }
  if (range === 'day') return { start: toLogMinute(new Date(now.getTime() - 24 * 3_600_000), timeZone) }
  const today = Date.parse(`${toLogMinute(now, timeZone).slice(0, 10)}T00:00:00Z`)
  return { start: `${new Date(today - (DAYS[range] - 1) * 24 * 3_600_000).toISOString().slice(0, 10)} 00:00` }
}
