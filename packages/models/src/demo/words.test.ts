import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countWords, shorten, splitIntoPieces, titleOf } from './words.ts'

// Not the `binary` unit of fast-check: whether it makes a text it asks of a table of all code points, which takes seconds to fill.
const anyCharacter = fc.oneof(
  fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
  fc.constantFrom(' ', '\n', 'a', '你', '，', '。'),
)
const anyText = (maxLength: number) => fc.oneof(fc.string({ unit: anyCharacter, maxLength }), fc.string({ maxLength }))

describe('splitIntoPieces', () => {
  it('loses nothing of any text', () => {
    fc.assert(fc.property(anyText(300), (text) => splitIntoPieces(text).join('') === text))
  })

  it('cuts words with their space, and Chinese by the character', () => {
    expect(splitIntoPieces('Hello there, 你好。')).toEqual(['Hello ', 'there, ', '你', '好。'])
    expect(countWords('  Hello there, 你好。\n')).toBe(4)
  })
})

describe('titleOf', () => {
  it.each([
    ['Hello, can you please tell me how to bake bread?', 'To bake bread'],
    ['What is the capital of France?', 'Capital of France'],
    ['# Release notes\nfor everyone', 'Release notes'],
    ['你好，请问怎么在家烤面包？谢谢', '在家烤面包'],
    ['hi', 'Hi'],
    ['???', 'New conversation'],
  ])('names %j %j', (text, title) => {
    expect(titleOf(text)).toBe(title)
  })

  it('is quick with texts that can be parted in many ways', () => {
    expect(titleOf(`a ${'-'.repeat(60)}x`)).toBe(`A ${'-'.repeat(57)}…`)
    expect(titleOf(`a ${'-'.repeat(50_000)}x`)).toBe('A')
    expect(titleOf(`Bread ${'. '.repeat(50_000)}x`)).toBe('Bread')
  })

  it('is never empty and never long', () => {
    fc.assert(
      fc.property(anyText(300), (text) => {
        const title = titleOf(text)
        expect(title.trim()).not.toBe('')
        expect(title.length).toBeLessThanOrEqual(60)
      }),
    )
  })
})

describe('shorten', () => {
  it('keeps within its length, the ellipsis included', () => {
    expect(shorten('one two  three', 9)).toBe('one two…')
    expect(shorten('one', 9)).toBe('one')
  })
})
