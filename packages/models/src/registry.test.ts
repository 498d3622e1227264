import type { ParameterRule } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { validateParameters } from './catalog/parameters.ts'
import { findModel, findProvider, toProviderId, toWireProviderId } from './index.ts'
import { providers } from './registry.ts'

describe('provider ids', () => {
  it('finds a provider by each of its names', () => {
    expect(findProvider('anthropic')?.id).toBe('anthropic')
    expect(findProvider('langgenius/anthropic/anthropic')?.id).toBe('anthropic')
    expect(findProvider('langgenius/gemini/google')?.id).toBe('google')
    expect(findProvider('google')?.id).toBe('google')
    expect(findProvider('demo')?.id).toBe('demo')
  })

  it('takes nobody else for one of ours', () => {
    expect(findProvider('acme/anthropic/anthropic')).toBeUndefined()
    expect(findProvider('')).toBeUndefined()
    expect(findProvider('constructor')).toBeUndefined()
  })

  it('goes to the wire and back', () => {
    expect(toWireProviderId('google')).toBe('langgenius/gemini/google')
    expect(toWireProviderId('acme/x/y')).toBe('acme/x/y')
    for (const { id } of providers) expect(toProviderId(toWireProviderId(id))).toBe(id)
  })
})

describe('the catalogue', () => {
  it('names each provider once', () => {
    const ids = providers.map((provider) => provider.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  describe.each(providers.map((provider) => [provider.id, provider] as const))('%s', (_, provider) => {
    it('is complete', () => {
      expect(provider.id).toMatch(/^[a-z0-9_-]+$/)
      expect(provider.label.en_US).not.toBe('')
      expect(provider.description.en_US).not.toBe('')
      expect(provider.icon).toMatch(/^<svg [^>]*xmlns/)
      expect(provider.icon).not.toMatch(/<script|\son\w+=|href/i)
      expect(provider.modelTypes.length).toBeGreaterThan(0)
      expect(provider.isKeyless === true || provider.credentialFields.length + provider.modelCredentialFields.length > 0).toBe(true)
    })

    it('has credential forms without doubles, and options where one chooses', () => {
      for (const fields of [provider.credentialFields, provider.modelCredentialFields]) {
        // One name may stand for several kinds of models, whose forms do not show together.
        expect(new Set(fields.map((field) => JSON.stringify([field.variable, field.show_on]))).size).toBe(fields.length)
        for (const field of fields) {
          const isChoice = field.type === 'select' || field.type === 'radio'
          expect(isChoice ? (field.options?.length ?? 0) > 0 : true, field.variable).toBe(true)
          if (isChoice && field.default !== undefined) expect(field.options?.map((option) => option.value)).toContain(field.default)
        }
      }
    })

    it('describes custom models where it takes them', () => {
      if (!provider.configurateMethods.includes('customizable-model')) return
      expect(provider.modelCredentialFields.length).toBeGreaterThan(0)
      expect(findModel(provider, { model: 'any', type: provider.modelTypes[0] ?? 'llm' })).toBeDefined()
    })

    it.each(provider.models.map((model) => [`${model.type} ${model.model}`, model] as const))('%s is well-formed', (_name, model) => {
      expect(provider.models.filter((other) => other.model === model.model && other.type === model.type)).toHaveLength(1)
      expect(provider.modelTypes).toContain(model.type)
      if (model.type === 'llm') {
        expect(model.mode).toBeDefined()
        expect(model.contextSize).toBeGreaterThan(0)
        expect(model.maxOutputTokens ?? 1).toBeLessThanOrEqual(model.contextSize ?? 0)
      }
      expect(new Set(model.parameterRules.map((rule) => rule.name)).size).toBe(model.parameterRules.length)
      model.parameterRules.forEach(expectCompleteRule)
      expect(() => validateParameters(model.parameterRules, defaultsOf(model.parameterRules))).not.toThrow()
      const { pricing } = model
      if (pricing === undefined) return
      const amounts = [
        pricing.inputNano,
        pricing.outputNano,
        pricing.perTokens,
        pricing.cachedInputNano ?? 0,
        pricing.soundHourNano ?? 0,
        ...Object.values(pricing.longPrompt ?? {}),
      ]
      expect(amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0)).toBe(true)
      expect(pricing.perTokens).toBeGreaterThan(0)
      expect(pricing.currency).toMatch(/^[A-Z]{3}$/)
    })
  })
})

function expectCompleteRule(rule: ParameterRule): void {
  expect(rule.label.en_US).not.toBe('')
  if (rule.min !== undefined && rule.max !== undefined) expect(rule.min, rule.name).toBeLessThanOrEqual(rule.max)
  if (rule.type !== 'int' && rule.type !== 'float') expect([rule.min, rule.max], rule.name).toEqual([undefined, undefined])
}

function defaultsOf(rules: readonly ParameterRule[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(rules.filter((rule) => rule.default !== undefined).map((rule) => [rule.name, rule.default]))
}
