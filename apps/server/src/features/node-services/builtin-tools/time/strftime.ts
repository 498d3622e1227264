import { offsetText, type ZonedTime } from './zoned-time.ts'

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const DAY_MS = 86_400_000

/** Python's `strftime`, in the locale `C`; a directive that is none stays as it is written. */
export function strftime(format: string, time: ZonedTime): string {
  return format.replace(/%([A-Za-z%])/g, (written, letter: string) => directives[letter]?.(time) ?? written)
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')
const day = ({ year, month, day: date }: ZonedTime): Date => new Date(new Date(0).setUTCFullYear(year, month - 1, date))
const weekdayOf = (time: ZonedTime): number => day(time).getUTCDay()
const hourOfTwelve = ({ hour }: ZonedTime): number => hour % 12 || 12

function dayOfYear(time: ZonedTime): number {
  return Math.round((day(time).getTime() - day({ ...time, month: 1, day: 1 }).getTime()) / DAY_MS) + 1
}

/** Weeks begin with the weekday; days before the first of them are in week 0. */
function weekOfYear(time: ZonedTime, firstWeekday: number): number {
  return Math.floor((dayOfYear(time) + 6 - ((weekdayOf(time) - firstWeekday + 7) % 7)) / 7)
}

/** A week belongs to the year of its Thursday. */
function isoWeek(time: ZonedTime): { readonly year: number; readonly week: number } {
  const thursday = new Date(day(time).getTime() + (3 - ((weekdayOf(time) + 6) % 7)) * DAY_MS)
  const year = thursday.getUTCFullYear()
  const first = new Date(0).setUTCFullYear(year, 0, 1)
  return { year, week: Math.floor((thursday.getTime() - first) / (7 * DAY_MS)) + 1 }
}

const epochSeconds = (time: ZonedTime): number =>
  day(time).getTime() / 1000 + time.hour * 3600 + time.minute * 60 + time.second - time.offsetMinutes * 60

const directives: Readonly<Record<string, (time: ZonedTime) => string>> = {
  Y: ({ year }) => String(year),
  y: ({ year }) => pad(year % 100),
  C: ({ year }) => pad(Math.floor(year / 100)),
  m: ({ month }) => pad(month),
  d: (time) => pad(time.day),
  e: (time) => String(time.day).padStart(2, ' '),
  H: ({ hour }) => pad(hour),
  I: (time) => pad(hourOfTwelve(time)),
  M: ({ minute }) => pad(minute),
  S: ({ second }) => pad(second),
  f: () => '000000',
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  A: (time) => WEEKDAYS[weekdayOf(time)] ?? '',
  a: (time) => (WEEKDAYS[weekdayOf(time)] ?? '').slice(0, 3),
  B: ({ month }) => MONTHS[month - 1] ?? '',
  b: ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3),
  h: ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3),
  j: (time) => pad(dayOfYear(time), 3),
  U: (time) => pad(weekOfYear(time, 0)),
  W: (time) => pad(weekOfYear(time, 1)),
  G: (time) => String(isoWeek(time).year),
  V: (time) => pad(isoWeek(time).week),
  u: (time) => String(weekdayOf(time) || 7),
  w: (time) => String(weekdayOf(time)),
  z: ({ offsetMinutes }) => offsetText(offsetMinutes, ''),
  Z: ({ zoneName }) => zoneName,
  s: (time) => String(epochSeconds(time)),
  c: (time) => strftime('%a %b %e %H:%M:%S %Y', time),
  x: (time) => strftime('%m/%d/%y', time),
  X: (time) => strftime('%H:%M:%S', time),
  D: (time) => strftime('%m/%d/%y', time),
  F: (time) => strftime('%Y-%m-%d', time),
  T: (time) => strftime('%H:%M:%S', time),
  R: (time) => strftime('%H:%M', time),
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
}
