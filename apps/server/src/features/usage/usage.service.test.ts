import { expect, it } from 'vitest'
import { toFilter } from './usage.service.ts'

const now = Date.parse('2026-03-15T12:00:00Z')

it('takes thirty days where none are named', () => {
  expect(toFilter({}, now)).toEqual({ from: Date.parse('2026-02-14T00:00:00Z'), to: Date.parse('2026-03-15T00:00:00Z') })
})

it.each([
  [{ start: '2026-02-30' }, 'start'],
  [{ end: '2026-13-01' }, 'end'],
  [{ start: '2026-03-02', end: '2026-03-01' }, 'start'],
  [{ start: '2024-03-01', end: '2026-03-01' }, 'start'],
])('refuses %j', (given, param) => {
  expect(() => toFilter(given, now)).toThrowError(expect.objectContaining({ code: 'invalid_param', param }))
})
