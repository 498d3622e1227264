import type { ModelPricing, TokenUsage } from '@trellis/spec'

const SECONDS_AN_HOUR = 3_600n

/** Prices of one call in nano-units (1e-9) of `currency`; `totalNano` is exactly the sum of the other two. */
export interface CallCost {
  readonly promptNano: number
  readonly completionNano: number
  readonly totalNano: number
  readonly currency: string
}

/**
 * What a call costs. Integer arithmetic throughout; prompt and completion are each rounded once, half up, to a whole nano-unit, what was
 * heard of a recording is part of the prompt, and each second of it that began counts.
 * Cached prompt tokens have their own price where the catalogue tells one, and a long prompt's prices hold for the whole call.
 */
export function costOf(pricing: ModelPricing, usage: TokenUsage): CallCost {
  const isLong = pricing.longPrompt !== undefined && usage.promptTokens > pricing.longPrompt.abovePromptTokens
  const prices = isLong && pricing.longPrompt !== undefined ? pricing.longPrompt : pricing
  const cachedTokens = Math.min(usage.cachedPromptTokens ?? 0, usage.promptTokens)
  const tokensNano =
    BigInt(usage.promptTokens - cachedTokens) * BigInt(prices.inputNano) +
    BigInt(cachedTokens) * BigInt(prices.cachedInputNano ?? prices.inputNano)
  const soundNano = BigInt(Math.ceil(usage.soundSeconds ?? 0)) * BigInt(pricing.soundHourNano ?? 0)
  const perTokens = BigInt(pricing.perTokens)
  const promptNano = divideHalfUp(tokensNano * SECONDS_AN_HOUR + soundNano * perTokens, perTokens * SECONDS_AN_HOUR)
  const completionNano = divideHalfUp(BigInt(usage.completionTokens) * BigInt(prices.outputNano), BigInt(pricing.perTokens))
  return { promptNano, completionNano, totalNano: promptNano + completionNano, currency: pricing.currency }
}

/** The price of an hour of sound in dollars, in the catalogue's units: such a model asks nothing for tokens. */
export const dollarsPerHour = (dollars: number): ModelPricing => ({
  inputNano: 0,
  outputNano: 0,
  perTokens: 1_000_000,
  soundHourNano: toNano(dollars),
  currency: 'USD',
})

/** Prices of a million tokens in whole dollars and cents, as providers publish them, in the catalogue's units. */
export function dollarsPerMillion(prices: {
  readonly input: number
  readonly output: number
  readonly cachedInput?: number
  readonly longPrompt?: { readonly above: number; readonly input: number; readonly output: number; readonly cachedInput?: number }
}): ModelPricing {
  const { longPrompt } = prices
  return {
    inputNano: toNano(prices.input),
    outputNano: toNano(prices.output),
    ...(prices.cachedInput === undefined ? {} : { cachedInputNano: toNano(prices.cachedInput) }),
    perTokens: 1_000_000,
    currency: 'USD',
    ...(longPrompt === undefined
      ? {}
      : {
          longPrompt: {
            abovePromptTokens: longPrompt.above,
            inputNano: toNano(longPrompt.input),
            outputNano: toNano(longPrompt.output),
            ...(longPrompt.cachedInput === undefined ? {} : { cachedInputNano: toNano(longPrompt.cachedInput) }),
          },
        }),
  }
}

function toNano(dollars: number): number {
  return Math.round(dollars * 1e9)
}

function divideHalfUp(dividend: bigint, divisor: bigint): number {
  return Number((2n * dividend + divisor) / (2n * divisor))
}
