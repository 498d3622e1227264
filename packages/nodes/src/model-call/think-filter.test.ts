import fc from 'fast-check'
import { expect, it } from 'vitest'
import { splitReasoning } from './split-reasoning.ts'
import { ThinkFilter } from './think-filter.ts'

const filterAll = (pieces: readonly string[]) => {
  const filter = new ThinkFilter()
  const out = [...pieces.flatMap((piece) => filter.add(piece)), ...filter.end()]
  const join = (isReasoning: boolean) => out.map((piece) => (piece.isReasoning === isReasoning ? piece.text : '')).join('')
  return { text: join(false), reasoning: join(true) }
}

it('holds back no more than could become a tag', () => {
  const filter = new ThinkFilter()
  expect(filter.add('a < b <thi')).toEqual([{ isReasoning: false, text: 'a < b ' }])
  expect(filter.add('s')).toEqual([{ isReasoning: false, text: '<this' }])
  expect(filter.add('<think>x</')).toEqual([{ isReasoning: true, text: 'x' }])
  expect(filter.end()).toEqual([{ isReasoning: true, text: '</' }])
})

const piece = fc.constantFrom('<think>', '<think a="b">', '</think>', '<thinking>', '<thi', 'nk>', '</', 'a', ' ', '\n', '<', '>')

it('gives the same however a reply is cut, and what the whole reply gives but for blanks', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const whole = pieces.join('')
      const split = filterAll(pieces)
      expect(split).toEqual(filterAll([...whole]))
      const bare = (text: string) => text.replace(/\s/g, '')
      const { text, reasoning } = splitReasoning(whole)
      expect([bare(split.text), bare(split.reasoning)]).toEqual([bare(text), bare(reasoning)])
    }),
    { numRuns: 500 },
  )
})

it('takes little time for many tags that nothing closes', () => {
  const reply = '<think>'.repeat(50_000)
  expect(splitReasoning(reply).text).toBe('')
  expect(filterAll([reply]).text).toBe('')
})
