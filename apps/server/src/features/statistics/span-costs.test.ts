import { expect, it } from 'vitest'
import { costsOf } from './span-costs.ts'

it('adds spending up by the span that it falls into, and leaves out what came before', () => {
  const spending = [
    { at: 99, costNano: 7 },
    { at: 100, costNano: 1_000_000_000 },
    { at: 199, costNano: 500_000_000 },
    { at: 350, costNano: 1 },
  ]
  expect(costsOf([100, 200, 300], spending)).toEqual([
    [{ currency: 'USD', amount: '1.5' }],
    [],
    [{ currency: 'USD', amount: '0.000000001' }],
  ])
})
