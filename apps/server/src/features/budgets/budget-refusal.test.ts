import { describe, expect, it } from 'vitest'
import type { ModelCaller } from '../models/index.ts'
import { budgetSpent, unpricedRefused } from './budget-refusal.ts'
import type { BudgetRow } from './budgets.repository.ts'

const budget: BudgetRow = {
  id: 'b',
  tenant_id: 't',
  scope: 'app',
  app_id: 'a',
  api_key_id: null,
  amount_nano: 50e9,
  period: 'month',
  timezone: 'Asia/Shanghai',
  warn_percent: 80,
  stops: 1,
  refuses_unpriced: 1,
  created_by: 'x',
  created_at: 0,
  updated_at: 0,
}
const developer: ModelCaller = {
  tenantId: 't',
  appId: 'a',
  apiKeyId: 'k',
  endUserId: 'u',
  accountId: null,
  runId: null,
  messageId: null,
  purpose: 'turn',
}
const window = { startsAt: 0, endsAt: Date.parse('2026-11-30T16:00:00Z') }
const refused = { budget, window, usedNano: 48.2e9, reservedNano: 1.5e9, askedNano: 0.004e9 }

describe('the refusal of a budget', () => {
  it('says which budget, how much is used, what is asked, when it renews and who can raise it', () => {
    const { code, status, message } = budgetSpent({ ...refused, askedNano: 0.4e9 }, developer)
    expect([code, status]).toEqual(['provider_quota_exceeded', 400])
    expect(message).toBe(
      'The monthly budget of this app does not cover this call: $48.20 of $50.00 are used, $1.50 more are reserved for calls under way, and this call may cost up to $0.400. A smaller limit of tokens makes it less. It renews on 1 Dec 2026, 00:00 (Asia/Shanghai). Owners and administrators of the workspace can change budgets under “Usage and budgets”.',
    )
    expect(budgetSpent({ ...refused, usedNano: 50e9, reservedNano: 0 }, developer).message).toContain(
      '$50.00 of $50.00 are used. It renews',
    )
    expect(budgetSpent({ ...refused, window: { startsAt: 0, endsAt: null } }, developer).message).toContain('does not renew itself')
  })

  it('tells its reason and its figures apart, for whoever words them in another language', () => {
    const renewal = { renews: 'at', endsAtMs: window.endsAt, timezone: 'Asia/Shanghai' }
    const amounts = { usedNano: 48.2e9, limitNano: 50e9, reservedNano: 1.5e9, askedNano: 0.004e9 }
    expect(budgetSpent(refused, developer).toBody()).toMatchObject({
      code: 'provider_quota_exceeded',
      status: 400,
      details: { reason: 'budget_short_reserved', values: { scope: 'app', period: 'month', ...renewal, ...amounts } },
    })
    expect(budgetSpent({ ...refused, usedNano: 50e9, reservedNano: 0 }, developer).refusal?.reason).toBe('budget_spent')
    expect(budgetSpent(refused, { ...developer, apiKeyId: null }).refusal).toEqual({ reason: 'budget_spent_visitor', values: renewal })
  })

  it('tells visitors no figures', () => {
    const visitor = { ...developer, apiKeyId: null }
    expect(budgetSpent(refused, visitor).message).toBe(
      'This app has used up its budget for now. It renews on 1 Dec 2026, 00:00 (Asia/Shanghai). Whoever runs it can raise the budget.',
    )
    expect(unpricedRefused(budget, { model: 'mine', caller: visitor }).message).not.toContain('mine')
  })

  it('names the model whose price nobody knows', () => {
    expect(unpricedRefused(budget, { model: 'mine', caller: developer }).message).toContain('mine has none')
  })
})
