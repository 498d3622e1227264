import { expect, it } from 'vitest'
import { toFilter } from './usage.service.ts'

const now = Date.parse('2026-03-15T12:00:00Z')

it('takes thirty days where none are named', () => {
  expect(toFilter({}, now)).toEqual({ from: Date.parse('2026-02-14T00:00:00Z'), to: Date.parse('2026-03-15T00:00:00Z') })
})

it.each([
  [{ start: '2026-02-30' }, 'start', { reason: 'time_unknown', values: { time: '2026-02-30' } }],
  [{ end: '2026-13-01' }, 'end', { reason: 'time_unknown', values: { time: '2026-13-01' } }],
  [{ start: '2026-03-02', end: '2026-03-01' }, 'start', { reason: 'period_backwards', values: {} }],
  [{ start: '2024-03-01', end: '2026-03-01' }, 'start', { reason: 'period_too_long', values: { limit: 400 } }],
])('refuses %j', (given, param, refusal) => {
  expect(() => toFilter(given, now)).toThrowError(expect.objectContaining({ code: 'invalid_param', param, refusal }))
})
