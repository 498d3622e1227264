import { describe, expect, it } from 'vitest'
import { localDateIn, spanStarts, stretchBefore, unitOf } from './spans.ts'

const at = (iso: string): number => Date.parse(iso)
const told = (starts: readonly number[]): string[] => starts.map((start) => new Date(start).toISOString().slice(0, 16))

describe('spanStarts', () => {
  it('are the days of a calendar, the first and last cut by the window', () => {
    const window = { from: at('2026-03-01T12:30:00Z'), until: at('2026-03-03T01:00:00Z') }
    expect(told(spanStarts(window, 'day', 'UTC'))).toEqual(['2026-03-01T12:30', '2026-03-02T00:00', '2026-03-03T00:00'])
    expect(told(spanStarts(window, 'day', 'Asia/Shanghai'))).toEqual(['2026-03-01T12:30', '2026-03-01T16:00', '2026-03-02T16:00'])
  })

  it('follow a change of clocks', () => {
    const window = { from: at('2026-03-27T23:00:00Z'), until: at('2026-03-30T22:00:00Z') }
    expect(told(spanStarts(window, 'day', 'Europe/Berlin'))).toEqual(['2026-03-27T23:00', '2026-03-28T23:00', '2026-03-29T22:00'])
  })

  it('are hours in short windows', () => {
    const window = { from: at('2026-03-01T10:20:00Z'), until: at('2026-03-01T12:00:00Z') }
    expect(told(spanStarts(window, 'hour', 'UTC'))).toEqual(['2026-03-01T10:20', '2026-03-01T11:00'])
    expect(unitOf(window.from, window.until)).toBe('hour')
    expect(unitOf(window.from, at('2026-03-08T00:00:00Z'))).toBe('day')
  })
})

describe('stretchBefore', () => {
  const before = (from: string, until: string, unit: 'hour' | 'day', timeZone = 'UTC'): string[] => {
    const window = stretchBefore({ from: at(from), until: at(until) }, unit, timeZone)
    return told([window.from, window.until])
  }

  it('ends where whole days begin', () => {
    expect(before('2026-03-10T00:00:00Z', '2026-03-13T00:00:00Z', 'day')).toEqual(['2026-03-07T00:00', '2026-03-10T00:00'])
  })

  it('compares a day that is not over with the same hours', () => {
    expect(before('2026-03-10T00:00:00Z', '2026-03-12T15:20:00Z', 'day')).toEqual(['2026-03-07T00:00', '2026-03-09T15:20'])
    expect(before('2026-03-10T10:40:00Z', '2026-03-11T10:40:00Z', 'hour')).toEqual(['2026-03-09T10:40', '2026-03-10T10:40'])
  })

  it('keeps to the calendar over a change of clocks', () => {
    expect(before('2026-03-28T23:00:00Z', '2026-04-01T22:00:00Z', 'day', 'Europe/Berlin')).toEqual(['2026-03-24T23:00', '2026-03-28T23:00'])
  })
})

describe('localDateIn', () => {
  it('tells the date where the account is', () => {
    expect(localDateIn('UTC')(at('2026-03-01T20:00:00Z'))).toBe('2026-03-01')
    expect(localDateIn('Asia/Shanghai')(at('2026-03-01T20:00:00Z'))).toBe('2026-03-02')
  })
})
