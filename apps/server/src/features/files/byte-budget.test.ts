import { expect, it } from 'vitest'
import { createByteBudget } from './byte-budget.ts'

it('holds no more than it may, whoever asks', () => {
  const budget = createByteBudget(100)
  budget.take(60)
  budget.take(40)
  expect(() => budget.take(1)).toThrow('Too many files')
  budget.giveBack(40)
  budget.take(30)
})
