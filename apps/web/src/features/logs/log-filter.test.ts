import { describe, expect, it } from 'vitest'
import { rangeStart, toLogMinute } from './log-filter.ts'

const now = new Date('2026-03-01T00:30:00Z')

describe('toLogMinute', () => {
  it('tells the minute on the clock of the time zone', () => {
    expect(toLogMinute(now, 'UTC')).toBe('2026-03-01 00:30')
    expect(toLogMinute(now, 'Asia/Shanghai')).toBe('2026-03-01 08:30')
    expect(toLogMinute(now, 'America/New_York')).toBe('2026-02-28 19:30')
  })
})

describe('rangeStart', () => {
  it('goes back by the range', () => {
    expect(rangeStart('day', now, 'UTC')).toBe('2026-02-28 00:30')
    expect(rangeStart('week', now, 'UTC')).toBe('2026-02-22 00:30')
    expect(rangeStart('all', now, 'UTC')).toBeUndefined()
  })
})
