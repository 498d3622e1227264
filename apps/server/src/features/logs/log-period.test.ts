import { expect, it } from 'vitest'
import { parsePeriod } from './log-period.ts'

const at = (iso: string): number => Date.parse(iso)

it.each([
  ['UTC', '2026-03-01 12:00', '2026-03-01T12:00:00Z'],
  ['Asia/Shanghai', '2026-03-01 00:30', '2026-02-28T16:30:00Z'],
  ['Asia/Kathmandu', '2026-03-01 00:00', '2026-02-28T18:15:00Z'],
  ['America/New_York', '2026-01-01 00:00', '2026-01-01T05:00:00Z'],
  ['Europe/Berlin', '2026-03-29 01:59', '2026-03-29T00:59:00Z'],
  ['Europe/Berlin', '2026-03-29 03:00', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25 12:00', '2026-10-25T11:00:00Z'],
  ['Africa/Cairo', '2026-04-24 00:00', '2026-04-23T22:00:00Z'],
  ['America/Santiago', '2026-09-06 00:00', '2026-09-06T04:00:00Z'],
])('reads a time of %s: %s', (timeZone, start, iso) => {
  expect(parsePeriod({ start, end: undefined }, timeZone)).toEqual({ from: at(iso), until: undefined })
})

it('includes the last minute', () => {
  const period = parsePeriod({ start: '2026-03-01 12:00', end: '2026-03-01 12:00' }, 'UTC')
  expect(period).toEqual({ from: at('2026-03-01T12:00:00Z'), until: at('2026-03-01T12:01:00Z') })
})

it.each([
  [{ start: '2026-02-30 10:00', end: undefined }, 'start', { reason: 'time_unknown', values: { time: '2026-02-30 10:00' } }],
  [{ start: undefined, end: '2026-13-01 10:00' }, 'end', { reason: 'time_unknown', values: { time: '2026-13-01 10:00' } }],
  [{ start: undefined, end: '2026-01-01 24:00' }, 'end', { reason: 'time_unknown', values: { time: '2026-01-01 24:00' } }],
  [{ start: '2026-01-02 00:00', end: '2026-01-01 23:59' }, 'end', { reason: 'period_backwards', values: {} }],
])('refuses %j', (given, param, refusal) => {
  expect(() => parsePeriod(given, 'Europe/Berlin')).toThrowError(expect.objectContaining({ code: 'invalid_param', param, refusal }))
})
