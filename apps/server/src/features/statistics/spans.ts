import { minuteParser, parsePeriod } from '../logs/index.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export type SpanUnit = 'hour' | 'day'

/** Milliseconds; `until` is no longer part of it. */
export interface Window {
  readonly from: number
  readonly until: number
}

/** Windows up to two days are looked at by the hour. */
export const unitOf = (from: number, until: number): SpanUnit => (until - from <= 2 * DAY_MS ? 'hour' : 'day')

/** Where the spans of a window begin, its own beginning first: the local hours or days that it touches. Milliseconds. */
export function spanStarts({ from, until }: Window, unit: SpanUnit, timeZone: string): number[] {
  return unit === 'hour' ? hourStarts(from, until) : dayStarts(from, until, timeZone)
}

/** Hours of the wall clock begin at whole quarters everywhere; whole hours of the world's are near enough for a chart. */
function hourStarts(from: number, until: number): number[] {
  const starts = [from]
  for (let next = (Math.floor(from / HOUR_MS) + 1) * HOUR_MS; next < until; next += HOUR_MS) starts.push(next)
  return starts
}

function dayStarts(from: number, until: number, timeZone: string): number[] {
  const starts = [from]
  const toDate = localDateIn(timeZone)
  const minuteOf = minuteParser(timeZone)
  for (let date = nextDate(toDate(from)); ; date = nextDate(date)) {
    const start = minuteOf('start', `${date} 00:00`)
    if (start >= until) return starts
    starts.push(start)
  }
}

/**
 * The stretch of the same length before a window, as many whole hours or days of the calendar earlier as it takes to clear it:
 * a day that is not over yet is compared with the same hours of an earlier one.
 */
export function stretchBefore(window: Window, unit: SpanUnit, timeZone: string): Window {
  const { from, until } = window
  if (unit === 'hour') {
    const shiftMs = Math.ceil((until - from) / HOUR_MS) * HOUR_MS
    return { from: from - shiftMs, until: until - shiftMs }
  }
  // Days with a change of clocks are an hour longer or shorter than others.
  const days = Math.ceil((until - from - HOUR_MS) / DAY_MS)
  return { from: daysEarlier(from, days, timeZone), until: daysEarlier(until, days, timeZone) }
}

/** The same time of the clock so many days earlier. */
function daysEarlier(instant: number, days: number, timeZone: string): number {
  const date = new Date(Date.parse(`${localDateIn(timeZone)(instant)}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10)
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant)
  const minute = parsePeriod({ start: `${date} ${clock}`, end: undefined }, timeZone).from ?? instant - days * DAY_MS
  return minute + (instant % 60_000)
}

/** `YYYY-MM-DD` of an instant on the calendar of a time zone. */
export function localDateIn(timeZone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return (instant) => format.format(instant)
}

const nextDate = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
