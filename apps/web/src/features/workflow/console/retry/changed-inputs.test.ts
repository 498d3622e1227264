import { describe, expect, it } from 'vitest'
import { changedInputs, findUnreadable, type ReadInput, textOfInput } from './changed-inputs.ts'

const word: ReadInput = { name: '#start.word#', label: 'Start / word', value_type: 'string', value: 'fives' }
const count: ReadInput = { name: '#start.count#', label: 'Start / count', value_type: 'number', value: 3 }
const gone: ReadInput = { name: '#other.gone#', label: 'Other / gone', value_type: 'none', value: null }
const inputs = [word, count, gone]

describe('what a failed node read', () => {
  it('is shown as text where it is one, else as JSON', () => {
    expect(inputs.map(textOfInput)).toEqual(['fives', '3', 'null'])
  })

  it('is sent only where it was changed, of its own type', () => {
    expect(changedInputs(inputs, {})).toEqual({})
    expect(changedInputs(inputs, { [word.name]: 'fives', [count.name]: '3' })).toEqual({})
    expect(changedInputs(inputs, { [word.name]: '42', [count.name]: '4', [gone.name]: '["a"]' })).toEqual({
      [word.name]: '42',
      [count.name]: 4,
      [gone.name]: ['a'],
    })
    expect(changedInputs(inputs, { [word.name]: '' })).toEqual({ [word.name]: '' })
  })

  it('must be JSON where it is no text', () => {
    expect(findUnreadable(inputs, { [word.name]: '{', [count.name]: 'four' })).toEqual([count.name])
  })
})
