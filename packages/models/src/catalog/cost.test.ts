import { describe, expect, it } from 'vitest'
import { costOf, dollarsPerHour, dollarsPerMillion } from './cost.ts'

const usage = (promptTokens: number, completionTokens: number, cachedPromptTokens?: number) => ({
  promptTokens,
  completionTokens,
  ...(cachedPromptTokens === undefined ? {} : { cachedPromptTokens }),
})

describe('costOf', () => {
  it('multiplies tokens by prices, in nano-units', () => {
    const pricing = dollarsPerMillion({ input: 2, output: 10 })
    expect(costOf(pricing, usage(1_000, 500))).toEqual({
      promptNano: 2_000_000,
      completionNano: 5_000_000,
      totalNano: 7_000_000,
      currency: 'USD',
    })
  })

  it('rounds prompt and completion once each, half up, and their sum is the total', () => {
    const pricing = { inputNano: 3, outputNano: 1, perTokens: 2, currency: 'USD' }
    expect(costOf(pricing, usage(1, 1))).toMatchObject({ promptNano: 2, completionNano: 1, totalNano: 3 })
  })

  it('charges cached tokens their own price', () => {
    const pricing = dollarsPerMillion({ input: 1, output: 0, cachedInput: 0.1 })
    expect(costOf(pricing, usage(1_000, 0, 600)).promptNano).toBe(400_000 + 60_000)
    expect(costOf(dollarsPerMillion({ input: 1, output: 0 }), usage(1_000, 0, 600)).promptNano).toBe(1_000_000)
  })

  it('charges a long prompt the long price for all of it', () => {
    const pricing = dollarsPerMillion({ input: 1, output: 2, longPrompt: { above: 100, input: 10, output: 20 } })
    expect(costOf(pricing, usage(100, 1)).totalNano).toBe(100_000 + 2_000)
    expect(costOf(pricing, usage(101, 1)).totalNano).toBe(1_010_000 + 20_000)
  })

  it('charges by the hour what is paid by the time that it hears', () => {
    const heard = { promptTokens: 0, completionTokens: 9, soundSeconds: 59.2 }
    expect(costOf(dollarsPerHour(0.36), heard)).toEqual({ promptNano: 6_000_000, completionNano: 0, totalNano: 6_000_000, currency: 'USD' })
    expect(costOf(dollarsPerMillion({ input: 1, output: 0 }), heard).totalNano).toBe(0)
  })

  it('stays exact where floating point would not', () => {
    const pricing = dollarsPerMillion({ input: 0.1, output: 0 })
    expect(costOf(pricing, usage(3, 0)).promptNano).toBe(300)
    expect(costOf(pricing, usage(90_071_992_547_409, 0)).promptNano).toBe(9_007_199_254_740_900)
  })
})
