import { describe, expect, it } from 'vitest'
import { findFirstRevealed, isHeavy, lessOf, nextFirstKey } from './revealed.ts'

const keys = Array.from({ length: 40 }, (_, position) => `turn ${position}`)

describe('a long list', () => {
  it('is drawn from its end, portion by portion, until it is whole', () => {
    const begins: number[] = []
    let firstKey: string | undefined
    for (let time = 0; time < 5; time += 1) {
      const first = findFirstRevealed(keys, firstKey)
      begins.push(first)
      firstKey = nextFirstKey(keys, first)
    }
    expect(begins).toEqual([32, 24, 16, 8, 0])
  })
  it('keeps what is drawn when more comes at either end', () => {
    const longer = ['older 1', 'older 2', ...keys, 'newer']
    expect(findFirstRevealed(longer, keys[4])).toBe(6)
  })
  it('begins anew where what was drawn first is gone', () => {
    expect(findFirstRevealed(keys, 'another thread')).toBe(32)
    expect(findFirstRevealed([], undefined)).toBe(0)
    expect(nextFirstKey([], 0)).toBeUndefined()
  })
  it('is taken away portion by portion, until nothing is left', () => {
    const left = [60]
    while ((left.at(-1) ?? 0) > 0) left.push(lessOf(left.at(-1) ?? 0))
    expect(left).toEqual([60, 36, 12, 0])
  })
  it('is taken away at once where it is short', () => {
    expect([8, 40, 41].map(isHeavy)).toEqual([false, false, true])
  })
})
