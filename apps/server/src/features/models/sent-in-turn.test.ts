import type { CatalogModel, ModelPricing } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { sentRecording, sentTexts } from './sent-in-turn.ts'

const entry = (pricing?: ModelPricing): CatalogModel => ({
  model: 'm',
  label: { en_US: 'M' },
  type: 'speech2text',
  features: [],
  parameterRules: [],
  ...(pricing ? { pricing } : {}),
})
const byTokens = entry({ inputNano: 6, outputNano: 10, perTokens: 1, currency: 'USD' })
const byTheHour = entry({ inputNano: 0, outputNano: 0, perTokens: 1, soundHourNano: 1, currency: 'USD' })
const tenSeconds = new Uint8Array(40_000)

describe('what texts use', () => {
  it('is what the answer tells, or else an estimate', () => {
    const sent = sentTexts(['12345678', '1234'], ({ tokens }: { readonly tokens: number }) => tokens)
    expect(sent.usageOf({ tokens: 7 })).toEqual({ promptTokens: 7, completionTokens: 0 })
    expect(sent.usageOf()).toEqual({ promptTokens: 3, completionTokens: 0, isEstimated: true })
  })
})

describe('what a recording uses', () => {
  it('is what the provider tells of that by which it is paid', () => {
    const tokens = { promptTokens: 90, completionTokens: 5 }
    expect(sentRecording(byTokens, tenSeconds).usageOf({ text: 'Hello', tokens })).toEqual({ ...tokens, soundSeconds: 10 })
    const usage = sentRecording(byTheHour, tenSeconds).usageOf({ text: 'Hello', soundSeconds: 7 })
    expect(usage).toEqual({ promptTokens: 70, completionTokens: 2, soundSeconds: 7 })
  })

  it.each([
    ['a model that is paid by tokens', byTokens],
    ['one that is paid by the hour', byTheHour],
    ['one whose price nobody knows', entry()],
  ])('is estimated by its size where nothing is told: %s', (_what, model) => {
    const sent = sentRecording(model, tenSeconds)
    expect(sent.usageOf({ text: 'Hello' })).toEqual({ promptTokens: 100, completionTokens: 2, soundSeconds: 10, isEstimated: true })
    expect(sent.usageOf()).toEqual({ promptTokens: 100, completionTokens: 0, soundSeconds: 10, isEstimated: true })
  })
})
