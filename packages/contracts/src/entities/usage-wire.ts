import type { Usage } from '../runs/usage.ts'
import type { UsageWire } from './usage.ts'

const NANO_DIGITS = 9

/** Nano-units as a decimal string, without trailing zeros: 1500000000 is `1.5`. */
export function nanoToDecimal(nano: number): string {
  const digits = String(Math.abs(nano)).padStart(NANO_DIGITS + 1, '0')
  const fraction = digits.slice(-NANO_DIGITS).replace(/0+$/, '')
  const whole = digits.slice(0, -NANO_DIGITS)
  return `${nano < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** Usage as Dify prints it: prices as decimal strings, times in seconds (service-api 1.2). */
export function toUsageWire(usage: Usage): UsageWire {
  const priceUnit = nanoToDecimal(Math.round(1e9 / usage.priceUnitTokens))
  return {
    prompt_tokens: usage.promptTokens,
    prompt_unit_price: nanoToDecimal(usage.promptUnitPriceNano),
    prompt_price_unit: priceUnit,
    prompt_price: nanoToDecimal(usage.promptPriceNano),
    completion_tokens: usage.completionTokens,
    completion_unit_price: nanoToDecimal(usage.completionUnitPriceNano),
    completion_price_unit: priceUnit,
    completion_price: nanoToDecimal(usage.completionPriceNano),
    total_tokens: usage.totalTokens,
    total_price: nanoToDecimal(usage.totalPriceNano),
    currency: usage.currency,
    latency: seconds(usage.latencyMs),
    time_to_first_token: usage.firstTokenMs === null ? null : seconds(usage.firstTokenMs),
    time_to_generate: usage.firstTokenMs === null ? null : seconds(usage.latencyMs - usage.firstTokenMs),
  }
}

const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1000
