import { describe, expect, it } from 'vitest'
import { rowsOf, verdictOf } from './figures.ts'

const painted = (...values: number[]) => values.map((paintMs) => ({ paintMs, resultMs: undefined, longFrameMs: 0 }))
const rowOf = (...values: number[]) => rowsOf([{ place: 'Studio', name: 'menu', samples: painted(...values) }])[0]

describe('figures of interactions', () => {
  it('are the middle, three of four, and the worst', () => {
    expect(rowOf(40, 10, 30, 20)).toMatchObject({ name: 'Studio: menu', count: 4, paint: { p50: 20, p75: 30, max: 40 } })
  })
  it('pass where three of four are within the limit, whatever the worst was', () => {
    const verdicts = [rowOf(100, 100, 100, 900), rowOf(20, 20, 101, 101)].map((row) => row && verdictOf(row))
    expect(verdicts).toEqual(['pass', 'miss'])
  })
  it('know no paint of a visit, which has no verdict then', () => {
    const visit = { paintMs: undefined, resultMs: 300, longFrameMs: 80 }
    const [row] = rowsOf([{ place: 'Studio', name: 'first view', samples: [visit] }])
    expect(row).toMatchObject({ paint: undefined, result: { p50: 300, p75: 300, max: 300 }, longFrameMs: 80 })
    expect(row && verdictOf(row)).toBe('')
  })
})
