import { AppError } from '@trellis/contracts'

/** Milliseconds; `until` is no longer part of it. */
export interface Period {
  readonly from: number | undefined
  readonly until: number | undefined
}

const MINUTE_MS = 60_000

/**
 * Reads a period of local times (`YYYY-MM-DD HH:MM`), both minutes included.
 * @throws AppError `invalid_param` where a time does not exist, or the end comes before the start
 */
export function parsePeriod(given: { readonly start: string | undefined; readonly end: string | undefined }, timeZone: string): Period {
  const minuteOf = minuteParser(timeZone)
  const from = given.start === undefined ? undefined : minuteOf('start', given.start)
  const end = given.end === undefined ? undefined : minuteOf('end', given.end)
  if (from !== undefined && end !== undefined && end < from) {
    const message = 'The end of the period comes before its start.'
    throw new AppError('invalid_param', { message, param: 'end', refusal: { reason: 'period_backwards', values: {} } })
  }
  return { from, until: end === undefined ? undefined : end + MINUTE_MS }
}

/** For who reads many times of one zone: to look a zone up takes longer than a dozen readings. @throws AppError as `parsePeriod` does */
export function minuteParser(timeZone: string): (param: 'start' | 'end', text: string) => number {
  const offsetAt = zoneOffsets(timeZone)
  return (param, text) => {
    const iso = `${text.replace(' ', 'T')}:00.000Z`
    const asUtc = Date.parse(iso)
    // Days that a month does not have are moved on by the parser instead of refused.
    if (Number.isNaN(asUtc) || new Date(asUtc).toISOString() !== iso) {
      const refusal = { reason: 'time_unknown', values: { time: text } } as const
      throw new AppError('invalid_param', { message: `There is no such time as ${text}.`, param, refusal })
    }
    // The offset depends on the instant that is looked for: a second look settles it around a change of clocks.
    const guess = asUtc - offsetAt(asUtc)
    const settled = asUtc - offsetAt(guess)
    if (offsetAt(settled) === offsetAt(guess)) return settled
    // Clocks that go forward pass over the time: in some places that of midnight, and the day begins later.
    return Math.max(guess, settled)
  }
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function zoneOffsets(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return (instant) => {
    const parts = format.formatToParts(instant)
    const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value)
    const local = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'))
    return local - Math.floor(instant / 1000) * 1000
  }
}
