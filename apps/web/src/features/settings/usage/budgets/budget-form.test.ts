import { describe, expect, it } from 'vitest'
import type { Budget } from '../../../../api/types/usage.ts'
import { changesOf, findFaults, formOf, newBudget, recentUsageOf, toCreate } from './budget-form.ts'

const filled = { ...newBudget('Europe/Berlin'), amount: '12.50' }

describe('the form of a budget', () => {
  it('becomes what the server takes', () => {
    expect(toCreate(filled)).toEqual({
      target: { type: 'workspace' },
      amount: 12.5,
      period: 'month',
      timezone: 'Europe/Berlin',
      warn_percent: 80,
      stops: true,
      refuses_unpriced: true,
    })
    expect(toCreate({ ...filled, target: 'key', appId: 'a', keyId: 'k', warnPercent: ' ' })).toMatchObject({
      target: { type: 'key', key_id: 'k' },
      warn_percent: null,
    })
  })

  it('tells what it would have been of in the last thirty days', () => {
    const now = Date.UTC(2026, 10, 30, 12)
    expect(recentUsageOf(filled, now)).toEqual({ start: '2026-11-01', end: '2026-11-30' })
    expect(recentUsageOf({ ...filled, target: 'app', appId: 'a' }, now)).toMatchObject({ app: 'a' })
    expect(recentUsageOf({ ...filled, target: 'key', appId: 'a', keyId: 'k' }, now)).toMatchObject({ app: 'a', key: 'k' })
    expect(recentUsageOf({ ...filled, target: 'key', appId: 'a' }, now)).toBeUndefined()
  })

  it('tells only what was changed of a budget that there is', () => {
    const budget = {
      target: { type: 'workspace' },
      amount: '10.00',
      period: 'month',
      timezone: 'UTC',
      warn_percent: null,
      stops: true,
      refuses_unpriced: true,
      // Of a budget only what a person decides is read.
    } as Budget
    const form = formOf(budget)
    expect(changesOf(budget, form)).toEqual({})
    expect(changesOf(budget, { ...form, refusesUnpriced: false })).toEqual({ refuses_unpriced: false })
    expect(changesOf(budget, { ...form, amount: '12', warnPercent: '90' })).toEqual({ amount: 12, warn_percent: 90 })
  })

  it('names what is missing', () => {
    expect(findFaults(filled)).toEqual({})
    expect(findFaults({ ...filled, target: 'app' })).toEqual({ app: true })
    expect(findFaults({ ...filled, target: 'key', appId: 'a' })).toEqual({ key: true })
  })

  it('refuses amounts and thresholds that are none', () => {
    for (const amount of ['', '0', '-1', '1,000', '1e3', '1000001', 'ten'])
      expect(findFaults({ ...filled, amount })).toEqual({ amount: true })
    for (const warnPercent of ['0', '101', '1.5', 'x']) expect(findFaults({ ...filled, warnPercent })).toEqual({ warn: true })
  })
})
