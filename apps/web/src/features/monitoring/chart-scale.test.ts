import { describe, expect, it } from 'vitest'
import { changeOf, linePath, lonePoints, roundUp } from './chart-scale.ts'

describe('roundUp', () => {
  it.each([
    [0, 1],
    [1, 1],
    [1.1, 1.2],
    [24, 25],
    [26, 30],
    [99, 100],
    [0.0031, 0.004],
    [8001, 10_000],
  ])('of %d is %d', (highest, round) => {
    expect(roundUp(highest)).toBeCloseTo(round, 10)
  })
})

describe('linePath', () => {
  it('goes through the middles of places, and breaks where nothing is known', () => {
    expect(linePath([0, 5, null, 10], 10)).toBe('M12.5 100L37.5 50M87.5 0')
    expect(linePath([null], 1)).toBe('')
  })
})

describe('lonePoints', () => {
  it('are those with nothing beside them', () => {
    expect(lonePoints([0, 5, null, 10], 10)).toBe('M87.5 0h0')
    expect(lonePoints([5], 10)).toBe('M50 50h0')
    expect(lonePoints([null, 1, 2], 10)).toBe('')
  })
})

describe('changeOf', () => {
  it('is a part of what was, where anything was', () => {
    expect(changeOf(15, 10)).toBeCloseTo(0.5)
    expect(changeOf(0, 10)).toBe(-1)
    expect(changeOf(10, 0)).toBeNull()
    expect(changeOf(null, 10)).toBeNull()
  })
})
