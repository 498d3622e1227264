import { describe, expect, it } from 'vitest'
import { callableOf, currentOf } from './key-pools.ts'

const key = (name: string, is_active: 0 | 1, shares_load: 0 | 1 = 0) => ({ name, is_active, shares_load })
const namesOf = (keys: readonly { readonly name: string }[]) => keys.map(({ name }) => name)

describe('keys that calls go by', () => {
  it('begin with the one in use', () => {
    expect(namesOf(callableOf([key('one', 0, 1), key('two', 1), key('three', 0), key('four', 0, 1)]))).toEqual(['two', 'one', 'four'])
  })

  it('are those that share the load, not a second one that is marked as in use', () => {
    const both = [key('one', 1), key('two', 1)]
    expect(currentOf(both)?.name).toBe('one')
    expect(namesOf(callableOf(both))).toEqual(['one'])
  })

  it('are there while there is any key', () => {
    expect(namesOf(callableOf([key('one', 0), key('two', 0)]))).toEqual(['one'])
    expect(callableOf([])).toEqual([])
  })
})
