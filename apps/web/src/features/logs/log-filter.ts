export type LogRange = 'day' | 'week' | 'month' | 'all'

export const logRanges: readonly LogRange[] = ['day', 'week', 'month', 'all']

const HOURS: Record<Exclude<LogRange, 'all'>, number> = { day: 24, week: 7 * 24, month: 30 * 24 }

/** `YYYY-MM-DD HH:MM` of a moment in a time zone, as the log routes take it. */
export function toLogMinute(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`
}

/** The beginning of a range; nothing for all time. */
export function rangeStart(range: LogRange, now: Date, timeZone: string): string | undefined {
  if (range === 'all') return undefined
  return toLogMinute(new Date(now.getTime() - HOURS[range] * 3_600_000), timeZone)
}
