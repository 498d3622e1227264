import { describe, expect, it } from 'vitest'
import { budgetChangesOf } from './budget-changes.ts'

describe('what was changed of a budget', () => {
  it('is what the entry names, as it is now', () => {
    const details = { changed: ['refuses_unpriced'], amount: '$10', period: 'month', stops: true, refuses_unpriced: false }
    expect(budgetChangesOf(details)).toEqual(['refuses_unpriced.off'])
    expect(budgetChangesOf({ ...details, changed: ['stops', 'period', 'amount', 'timezone'] })).toEqual([
      'amount',
      'period.month',
      'timezone',
      'stops.on',
    ])
  })

  it('is nothing where it is not told, or not known', () => {
    expect(budgetChangesOf({ amount: '$10' })).toEqual([])
    expect(budgetChangesOf({ changed: ['colour', 'period'], period: 'year' })).toEqual([])
  })
})
