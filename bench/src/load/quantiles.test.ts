import { expect, it } from 'vitest'
import { medianOf, quantilesOf } from './quantiles.ts'

it('takes percentiles by nearest rank, whatever the order of the samples', () => {
  const samples = Array.from({ length: 200 }, (_, index) => 200 - index)
  expect(quantilesOf(samples)).toEqual({ count: 200, mean: 100.5, p50: 100, p95: 190, p99: 198, max: 200 })
})

it('orders as numbers, not as text', () => {
  expect(quantilesOf([10, 9, 100]).max).toBe(100)
  expect(medianOf([10, 9, 100])).toBe(10)
})

it('knows the median of an even number of values, and of none', () => {
  expect(medianOf([4, 1, 3, 2])).toBe(2.5)
  expect(medianOf([])).toBeNaN()
  expect(quantilesOf([])).toEqual({ count: 0, mean: 0, p50: 0, p95: 0, p99: 0, max: 0 })
})
