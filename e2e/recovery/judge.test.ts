import { describe, expect, it } from 'vitest'
import { countWords, judge, type Told, wordsOf } from './judge.ts'

const answer = wordsOf('rain', 4)
const told: Told = { tag: 'rain', words: 4, pages: [answer], stored: [{ answer, status: 'normal' }], asks: 1 }
const cut = 'rain-0 rain-1'

describe('the words of an answer', () => {
  it('are counted where each stands once, in its place', () => {
    expect(countWords('rain', `${cut}Stopped`)).toBe(2)
    expect(countWords('rain', '')).toBe(0)
  })

  it.each(['rain-0 rain-0 rain-1', 'rain-0 rain-2', 'rain-1', 'rain-0 snow-1'])('are out of order in “%s”', (text) => {
    expect(countWords('rain', text)).toBe(-1)
  })
})

describe('a turn', () => {
  it('that is whole and the same everywhere pleases', () => {
    expect(judge(told, { outcome: 'whole' })).toEqual([])
  })

  it('that was interrupted keeps what was said', () => {
    const interrupted = { ...told, pages: [cut], stored: [{ answer: cut, status: 'error' }] }
    expect(judge(interrupted, { outcome: 'interrupted' })).toEqual([])
    expect(judge({ ...interrupted, pages: ['rain-0'] }, { outcome: 'interrupted' })).toHaveLength(1)
  })

  it.each<[string, Partial<Told>]>([
    ['asked twice', { asks: 2 }],
    ['stored twice', { stored: [...told.stored, ...told.stored] }],
    ['nowhere in the log', { stored: [] }],
    ['doubled on a page', { pages: [answer, `${cut} ${answer}`] }],
    ['shorter on a page', { pages: [cut] }],
    ['cut off', { pages: [cut], stored: [{ answer: cut, status: 'normal' }] }],
    ['failed', { stored: [{ answer, status: 'error' }] }],
  ])('that is %s does not', (_, fault) => {
    expect(judge({ ...told, ...fault }, { outcome: 'whole' })).not.toEqual([])
  })

  it('that was stopped did not go on to its end', () => {
    expect(judge(told, { outcome: 'stopped' })).not.toEqual([])
  })
})
