import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitMarkdown } from './markdown-blocks.ts'

describe('splitMarkdown', () => {
  it('cuts at blank lines', () => {
    expect(splitMarkdown('# Title\n\nOne\ntwo\n\n\nThree')).toEqual(['# Title', 'One\ntwo', 'Three'])
  })

  it('keeps fenced code whole, closed or not', () => {
    expect(splitMarkdown('Look:\n\n```js\na\n\nb\n```\n\nDone')).toEqual(['Look:', '```js\na\n\nb\n```', 'Done'])
    expect(splitMarkdown('```js\na\n\nb')).toEqual(['```js\na\n\nb'])
    expect(splitMarkdown('````\n```\n\nb\n````\n\nc')).toEqual(['````\n```\n\nb\n````', 'c'])
  })

  it('keeps a loose list in one block, so that its numbers run on', () => {
    expect(splitMarkdown('1. a\n\n   more\n\n2. b\n\nText')).toEqual(['1. a\n\n   more\n\n2. b', 'Text'])
  })

  it('changes only the last block while text is appended', () => {
    const pieces = fc.array(fc.constantFrom('a', '\n', '\n\n', '- x', '```', '> q', ' '), { maxLength: 30 })
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('')
        expect(splitMarkdown(text).join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''))
      }),
    )
  })
})
