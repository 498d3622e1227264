import { describe, expect, it } from 'vitest'
import { dayOf, toDayRows } from './day-rows.ts'
import type { CallRow } from './ledger.repository.ts'

const NOON = Date.parse('2026-03-01T12:00:00Z')
const call = (more: Partial<CallRow> = {}): CallRow => ({
  id: 'c',
  tenant_id: 't',
  app_id: 'a',
  api_key_id: null,
  end_user_id: 'u',
  account_id: null,
  run_id: null,
  message_id: null,
  purpose: 'turn',
  provider: 'p',
  model: 'm',
  model_type: 'llm',
  outcome: 'succeeded',
  prompt_tokens: 10,
  completion_tokens: 5,
  is_estimated: 0,
  price_nano: 100,
  currency: 'USD',
  cost_usd_nano: 100,
  is_priced: 1,
  latency_ms: 1,
  created_at: NOON,
  ...more,
})

describe('toDayRows', () => {
  it('adds up what calls of a day have in common', () => {
    const rows = toDayRows([call(), call({ outcome: 'rate-limit', is_priced: 0, cost_usd_nano: 0 }), call({ outcome: 'aborted' })])
    expect(rows).toEqual([
      expect.objectContaining({ day: dayOf(NOON), calls: 3, failed_calls: 1, unpriced_calls: 1, prompt_tokens: 30, cost_usd_nano: 200 }),
    ])
  })

  it('keeps apart what differs, always in the same order', () => {
    const calls = [call({ model: 'z' }), call({ model: 'b', end_user_id: null, account_id: 'x' }), call({ created_at: NOON - 43_200_001 })]
    const told = toDayRows(calls).map(({ day, model, user_id, user_type }) => [day - dayOf(NOON), model, user_id, user_type])
    expect(told).toEqual([
      [-86_400_000, 'm', 'u', 'end_user'],
      [0, 'z', 'u', 'end_user'],
      [0, 'b', 'x', 'account'],
    ])
    expect(toDayRows(calls.toReversed())).toEqual(toDayRows(calls))
  })
})
