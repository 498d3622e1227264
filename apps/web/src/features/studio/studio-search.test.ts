import { describe, expect, it } from 'vitest'
import { isNarrowed, readStudioSearch } from './studio-search.ts'

describe('the address of the Studio', () => {
  it('keeps what narrows and orders the list', () => {
    const search = { q: 'guide', mode: 'chat', sort: 'earliest_created', tags: ['a', 'b'], starred: true, new: 'import' }
    expect(readStudioSearch(search)).toEqual(search)
    expect(readStudioSearch({})).toEqual({})
  })

  it('reads what the router took for something else', () => {
    expect(readStudioSearch({ q: 2026, tags: 'a' })).toEqual({ q: '2026', tags: ['a'] })
  })

  it('leaves out what nobody knows', () => {
    expect(readStudioSearch({ q: {}, mode: 'x', sort: 1, tags: [1, '', null], starred: 'yes', new: 'y', other: 1 })).toEqual({})
  })

  it('tells whether apps may be hidden', () => {
    expect(isNarrowed({ sort: 'earliest_created', starred: true, new: 'chat', q: ' ' })).toBe(false)
    for (const search of [{ q: 'x' }, { mode: 'chat' }, { tags: ['a'] }] as const) expect(isNarrowed(search)).toBe(true)
  })
})
