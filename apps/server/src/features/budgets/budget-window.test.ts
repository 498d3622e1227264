import { describe, expect, it } from 'vitest'
import { windowOf } from './budget-window.ts'

const at = (iso: string): number => Date.parse(iso)
const told = (period: 'day' | 'month' | 'total', timezone: string, now: string): (string | null)[] => {
  const { startsAt, endsAt } = windowOf({ period, timezone, created_at: at('2026-01-05T00:00:00Z') }, at(now))
  return [startsAt, endsAt].map((time) => (time === null ? null : new Date(time).toISOString().slice(0, 16)))
}

describe('the window of a budget', () => {
  it.each([
    ['day', 'UTC', '2026-03-01T23:59:59Z', '2026-03-01T00:00', '2026-03-02T00:00'],
    ['day', 'Asia/Shanghai', '2026-03-01T16:00:00Z', '2026-03-01T16:00', '2026-03-02T16:00'],
    ['day', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00', '2026-03-29T22:00'],
    ['month', 'UTC', '2026-12-31T12:00:00Z', '2026-12-01T00:00', '2027-01-01T00:00'],
    ['month', 'America/New_York', '2026-03-01T03:00:00Z', '2026-02-01T05:00', '2026-03-01T05:00'],
    ['day', 'America/Santiago', '2026-09-06T03:30:00Z', '2026-09-05T04:00', '2026-09-06T04:00'],
    ['total', 'UTC', '2027-01-01T00:00:00Z', '2026-01-05T00:00', null],
  ] as const)('of a %s in %s at %s', (period, timezone, now, startsAt, endsAt) => {
    expect(told(period, timezone, now)).toEqual([startsAt, endsAt])
  })
})
