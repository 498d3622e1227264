import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usageWireSchema } from './usage.ts'
import { nanoToDecimal, toUsageWire } from './usage-wire.ts'

describe('nanoToDecimal', () => {
  it.each([
    [0, '0'],
    [1, '0.000000001'],
    [-1, '-0.000000001'],
    [1_500_000_000, '1.5'],
    [10_000_000_000, '10'],
    [Number.MAX_SAFE_INTEGER, '9007199.254740991'],
  ])('prints %i as %s', (nano, text) => {
    expect(nanoToDecimal(nano)).toBe(text)
  })

  it('loses nothing and pads nothing', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (nano) => {
        const text = nanoToDecimal(nano)
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d{0,8}[1-9])?$/)
        const [whole = '', fraction = ''] = text.replace('-', '').split('.')
        const back = BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))
        expect(text.startsWith('-') ? -back : back).toBe(BigInt(nano))
      }),
    )
  })
})

describe('toUsageWire', () => {
  const usage = {
    promptTokens: 1000,
    completionTokens: 500,
    totalTokens: 1500,
    promptPriceNano: 150_000,
    completionPriceNano: 300_000,
    totalPriceNano: 450_000,
    promptUnitPriceNano: 150_000_000,
    completionUnitPriceNano: 600_000_000,
    priceUnitTokens: 1_000_000,
    currency: 'USD',
    latencyMs: 1234.5678,
    firstTokenMs: 234.4,
  }

  it('prints prices as decimal text and times in seconds', () => {
    const wire = toUsageWire(usage)
    expect(wire).toEqual({
      prompt_tokens: 1000,
      prompt_unit_price: '0.15',
      prompt_price_unit: '0.000001',
      prompt_price: '0.00015',
      completion_tokens: 500,
      completion_unit_price: '0.6',
      completion_price_unit: '0.000001',
      completion_price: '0.0003',
      total_tokens: 1500,
      total_price: '0.00045',
      currency: 'USD',
      latency: 1.235,
      time_to_first_token: 0.234,
      time_to_generate: 1,
    })
    expect(usageWireSchema.parse(wire)).toEqual(wire)
  })

  it('has no times of a text that never came', () => {
    expect(toUsageWire({ ...usage, firstTokenMs: null })).toMatchObject({ time_to_first_token: null, time_to_generate: null })
  })
})
