import { describe, expect, it } from 'vitest'
import { isNarrowed, readUsageSearch, toUsageQuery } from './usage-search.ts'

const id = '018f0000-0000-7000-8000-000000000001'
const now = Date.parse('2026-03-02T23:30:00Z')

describe('the address of the page Usage', () => {
  it('keeps what is known and leaves out the rest', () => {
    expect(readUsageSearch({ range: 'week', app: id, model: 'gpt', other: 1 })).toEqual({ range: 'week', app: id, model: 'gpt' })
    expect(readUsageSearch({ range: 'year', app: 'x', key: 7, from: '2026-02-30x', provider: '' })).toEqual({})
  })

  it('takes the name of a model that looks like a number', () => {
    expect(readUsageSearch({ model: 4 })).toEqual({ model: '4' })
  })

  it('tells whether something is left out', () => {
    expect(isNarrowed({ range: 'week' })).toBe(false)
    expect(isNarrowed({ person: id })).toBe(true)
  })
})

describe('the query of the page Usage', () => {
  it('asks for thirty days of UTC, today among them, where no range is named', () => {
    expect(toUsageQuery({ app: id }, now)).toEqual({ app: id, start: '2026-02-01', end: '2026-03-02' })
  })

  it('asks for the days that were chosen', () => {
    expect(toUsageQuery({ range: 'custom', from: '2026-01-01' }, now)).toEqual({ start: '2026-01-01', end: undefined })
  })
})
