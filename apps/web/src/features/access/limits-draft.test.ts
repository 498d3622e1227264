import { expect, it } from 'vitest'
import { findFaults, impliedLimit, isSame, toDraft, toLimits } from './limits-draft.ts'

const none = { max_active_requests: null, requests_per_minute: null, requests_per_hour: null, requests_per_day: null }
const stored = { ...none, max_active_requests: 5, requests_per_day: 1000 }

it('shows what is stored, and sends it again as it was', () => {
  const draft = toDraft(stored)
  expect(draft).toEqual({ max_active_requests: '5', requests_per_minute: '', requests_per_hour: '', requests_per_day: '1000' })
  expect(toLimits(draft)).toEqual(stored)
  expect(isSame(draft, stored)).toBe(true)
  expect(isSame({ ...draft, requests_per_day: ' 1000 ' }, stored)).toBe(true)
  expect(isSame({ ...draft, requests_per_day: '' }, stored)).toBe(false)
})

it('finds what is no whole number of 1 or more', () => {
  const draft = { max_active_requests: '0', requests_per_minute: '1.5', requests_per_hour: '-3', requests_per_day: 'many' }
  expect(findFaults(draft)).toHaveLength(4)
  expect(isSame(draft, none)).toBe(false)
  expect(findFaults({ ...draft, max_active_requests: ' 12 ' })).not.toContain('max_active_requests')
})

it('tells what the server makes of an empty field', () => {
  const limits = { ...none, ceilings: { ...none, max_active_requests: 8, requests_per_hour: 50 }, default_active_requests: 10 }
  expect(impliedLimit(limits, 'max_active_requests')).toBe(8)
  expect(impliedLimit({ ...limits, default_active_requests: 3 }, 'max_active_requests')).toBe(3)
  expect(impliedLimit(limits, 'requests_per_hour')).toBe(50)
  expect(impliedLimit(limits, 'requests_per_minute')).toBeNull()
})
