import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askedVariable, fillPrompt, findVariables, insertVariable, segmentPrompt } from './prompt-variables.ts'

describe('segmentPrompt', () => {
  it('finds placeholders and leaves everything else as text', () => {
    expect(segmentPrompt('Hi {{name}}, {{ no }} {{1st}} {{#query#}}!')).toEqual([
      { text: 'Hi ' },
      { text: '{{name}}', variable: 'name' },
      { text: ', {{ no }} {{1st}} {{#query#}}!' },
    ])
  })

  it('takes names of up to 30 characters', () => {
    expect(findVariables(`{{${'a'.repeat(30)}}}`)).toHaveLength(1)
    expect(findVariables(`{{${'a'.repeat(31)}}}`)).toHaveLength(0)
  })

  it('never loses a character', () => {
    const text = fc.string({ unit: fc.constantFrom('{', '}', 'a', '_', '1', ' ', '{{a}}', '\n', '字') })
    fc.assert(
      fc.property(text, (prompt) => {
        expect(
          segmentPrompt(prompt)
            .map((segment) => segment.text)
            .join(''),
        ).toBe(prompt)
      }),
    )
  })
})

describe('findVariables', () => {
  it('names each once, in order, over several texts', () => {
    expect(findVariables('{{b}} {{a}} {{b}}', 'and {{c}}{{a}}')).toEqual(['b', 'a', 'c'])
  })
})

describe('fillPrompt', () => {
  it('keeps placeholders that have no value', () => {
    expect(fillPrompt('{{a}} {{b}} {{c}}', { a: 'x', b: '', c: 0 })).toBe('x {{b}} 0')
  })
})

describe('insertVariable', () => {
  it('puts the placeholder at the cursor', () => {
    expect(insertVariable('Hi !', { start: 3, end: 3 }, 'name')).toEqual({ text: 'Hi {{name}}!', cursor: 11 })
  })

  it('replaces the selection', () => {
    expect(insertVariable('Hi you!', { start: 3, end: 6 }, 'name').text).toBe('Hi {{name}}!')
  })

  it('uses braces or the slash that were typed to ask for it', () => {
    expect(insertVariable('Hi {', { start: 4, end: 4 }, 'name').text).toBe('Hi {{name}}')
    expect(insertVariable('Hi {{}}', { start: 5, end: 5 }, 'name').text).toBe('Hi {{name}}')
    expect(insertVariable('Hi /', { start: 4, end: 4 }, 'name').text).toBe('Hi {{name}}')
  })

  it('replaces the beginning of a name', () => {
    expect(insertVariable('Hi {{na and', { start: 7, end: 7 }, 'name').text).toBe('Hi {{name}} and')
  })
})

describe('askedVariable', () => {
  it('is what stands behind open braces before the cursor', () => {
    expect(askedVariable('Hi {{', 5)).toBe('')
    expect(askedVariable('Hi {{na', 7)).toBe('na')
    expect(askedVariable('Hi {{na', 6)).toBe('n')
  })

  it('is nothing without braces, behind closed ones, and behind a space', () => {
    expect(askedVariable('Hi {na', 6)).toBeUndefined()
    expect(askedVariable('{{name}}', 8)).toBeUndefined()
    expect(askedVariable('{{name ', 7)).toBeUndefined()
  })
})
