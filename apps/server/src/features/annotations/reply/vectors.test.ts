import { expect, it } from 'vitest'
import { cosineOf, decodeVector, encodeVector, toUnit } from './vectors.ts'

it('keeps the direction of a vector through its text', () => {
  const kept = decodeVector(encodeVector([3, 0, -4]))
  expect([...kept].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0.6, 0, -0.8])
  expect(cosineOf(kept, toUnit([6, 0, -8]))).toBeCloseTo(1, 6)
  expect(cosineOf(kept, toUnit([-3, 0, 4]))).toBeCloseTo(-1, 6)
})

it('is near to nothing where a vector is nothing, or of another size', () => {
  expect(cosineOf(toUnit([0, 0]), toUnit([1, 0]))).toBe(0)
  expect(cosineOf(toUnit([1]), toUnit([1, 0]))).toBe(0)
})
