import { describe, expect, it } from 'vitest'
import { everything, isNarrowed, rangeStart, toLogMinute, toLogQuery } from './log-filter.ts'

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

describe('toLogQuery', () => {
  it('takes whole days of a range of one’s own, open where one end is missing', () => {
    const custom = { ...everything, range: 'custom', from: '2026-02-01', until: '2026-02-03' } as const
    expect(toLogQuery(custom, now, 'UTC')).toMatchObject({ start: '2026-02-01 00:00', end: '2026-02-03 23:59' })
    expect(toLogQuery({ ...custom, until: '' }, now, 'UTC')).toMatchObject({ start: '2026-02-01 00:00', end: undefined })
    expect(toLogQuery({ ...custom, range: 'day' }, now, 'UTC')).toMatchObject({ start: '2026-02-28 00:30', end: undefined })
  })

  it('has words without spaces around them', () => {
    expect(toLogQuery({ ...everything, keyword: ' a b ', user: ' c' }, now, 'UTC')).toMatchObject({ keyword: 'a b', user: 'c' })
  })
})

describe('isNarrowed', () => {
  it('tells whether something may be hidden', () => {
    expect(isNarrowed({ ...everything, sort: 'created_at', keyword: ' ', range: 'custom' })).toBe(false)
    for (const part of [
      { user: 'a' },
      { range: 'day' },
      { range: 'custom', until: '2026-02-03' },
      { feedback: 'liked' },
      { annotation: 'annotated' },
    ] as const) {
      expect(isNarrowed({ ...everything, ...part })).toBe(true)
    }
  })
})
