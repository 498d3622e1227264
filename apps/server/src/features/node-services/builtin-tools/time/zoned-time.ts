import type { LocalTime } from './parse-local-time.ts'
import { zoneAbbreviations } from './zone-abbreviations-data.ts'

/** A time as clocks of a zone show it. */
export interface ZonedTime extends LocalTime {
  readonly offsetMinutes: number
  /** As the time zone database has it: `UTC`, `CET`, `+03`. */
  readonly zoneName: string
}

/** Names of the time zone database; offsets, which Intl knows too, are none. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export function toLocalTime(epochMs: number, timezone: string): ZonedTime {
  const time = clockAt(epochMs, timezone)
  const offsetMinutes = Math.round((utcOf(time) - Math.floor(epochMs / 1000) * 1000) / 60_000)
  return { ...time, offsetMinutes, zoneName: nameOf(epochMs, timezone, offsetMinutes) }
}

/** The instant at which clocks of the zone show a time; of two, the first. A time that they skip is taken as before the change. */
export function fromLocalTime(time: LocalTime, timezone: string): number {
  const asUtc = utcOf(time)
  const day = 86_400_000
  const offsets = [asUtc - day, asUtc + day].map((near) => utcOf(clockAt(near, timezone)) - near)
  const candidates = offsets.map((offset) => asUtc - offset)
  const fitting = candidates.filter((candidate) => utcOf(clockAt(candidate, timezone)) === asUtc)
  return fitting.length > 0 ? Math.min(...fitting) : (candidates[0] ?? asUtc)
}

function clockAt(epochMs: number, timezone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
    ...{ timeZone: timezone, hourCycle: 'h23', era: 'short' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, value]))
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type))
  return { year: read('year'), month: read('month'), day: read('day'), hour: read('hour'), minute: read('minute'), second: read('second') }
}

function utcOf({ year, month, day, hour, minute, second }: LocalTime): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.setUTCHours(hour, minute, second)
}

/** Each knows the short names of zones where it is spoken. */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'en-NZ'] as const

function nameOf(epochMs: number, timezone: string, offsetMinutes: number): string {
  const known = zoneAbbreviations[timezone]
  if (known) return known
  for (const locale of LOCALES) {
    const name = new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: 'short' })
      .formatToParts(epochMs)
      .find(({ type }) => type === 'timeZoneName')?.value
    if (name && /^[A-Z]{2,5}$/.test(name)) return name
  }
  return offsetText(offsetMinutes, '').replace(/00$/, '')
}

/** `+0530`, or with a mark between. */
export function offsetText(offsetMinutes: number, mark: string): string {
  const size = Math.abs(offsetMinutes)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${mark}${two(size % 60)}`
}
