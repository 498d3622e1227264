import { AppError, type LatencyLedger, type Usage } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { initialName } from './initial-name.ts'
import { toMessageEnd } from './turn-rows.ts'

describe('initialName', () => {
  it.each([
    ['', 'New conversation'],
    ['Hello', 'Hello'],
    ['exactly twenty chars', 'exactly twenty chars'],
    ['one more than twenty!', 'one more than twenty…'],
    ['🌱'.repeat(21), `${'🌱'.repeat(20)}…`],
  ])('of "%s" is "%s"', (query, name) => {
    expect(initialName(query)).toBe(name)
  })
})

describe('toMessageEnd', () => {
  const ledger: LatencyLedger = { queueMs: 0, engineMs: 0, databaseMs: 0, providerFirstTokenMs: 0, providerStreamMs: 0, totalMs: 0 }
  const usage: Usage = {
    promptTokens: 7,
    completionTokens: 3,
    totalTokens: 10,
    promptPriceNano: 70,
    completionPriceNano: 60,
    totalPriceNano: 130,
    promptUnitPriceNano: 10_000,
    completionUnitPriceNano: 20_000,
    priceUnitTokens: 1000,
    currency: 'EUR',
    latencyMs: 12.6,
    firstTokenMs: 4,
  }

  it('keeps the answer trimmed, its placeholders reduced, and what it cost', () => {
    expect(toMessageEnd({ status: 'succeeded', usage, ledger }, '\n Use {{name}}. ', 99)).toEqual({
      answer: 'Use {name}.',
      updated_at: 99,
      status: 'normal',
      error_code: null,
      error: null,
      is_stopped: 0,
      prompt_tokens: 7,
      completion_tokens: 3,
      total_price_nano: 130,
      currency: 'EUR',
      provider_latency_ms: 13,
      metadata: JSON.stringify({ usage }),
    })
  })

  it('marks a stopped answer, which is one', () => {
    expect(toMessageEnd({ status: 'stopped', usage, ledger }, 'half', 99)).toMatchObject({
      answer: 'half',
      status: 'normal',
      is_stopped: 1,
    })
  })

  it('tells why there is no more, beside what had been said', () => {
    const error = new AppError('run_timeout')
    expect(toMessageEnd({ status: 'failed', error }, 'half', 99)).toMatchObject({
      answer: 'half',
      status: 'error',
      error_code: 'run_timeout',
      error: error.message,
      is_stopped: 0,
      prompt_tokens: 0,
      metadata: '{}',
    })
  })
})
