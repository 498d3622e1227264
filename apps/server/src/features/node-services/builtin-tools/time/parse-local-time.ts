export interface LocalTime {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const SHAPE = /^(\d{4})-(\d{1,2})-(\d{1,2})\s+(\d{1,2}):(\d{1,2}):(\d{1,2})$/

/** `2024-1-31 0:0:0`, as Python reads `%Y-%m-%d %H:%M:%S`; undefined for other texts, and for days that are in no calendar. */
export function parseLocalTime(text: string): LocalTime | undefined {
  const match = SHAPE.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const isDay = year >= 1 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isDay && hour < 24 && minute < 60 && second < 60 ? { year, month, day, hour, minute, second } : undefined
}
