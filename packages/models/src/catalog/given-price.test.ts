import { describe, expect, it } from 'vitest'
import { costOf, findModel, providers } from '../index.ts'
import { findMissingPrice, readGivenPrice } from './given-price.ts'

describe('the price of a model that was added', () => {
  it('is that of a million tokens in dollars', () => {
    const pricing = readGivenPrice('llm', { input_price: '0.15', output_price: ' 0.6 ' })
    expect(pricing).toEqual({ inputNano: 150_000_000, outputNano: 600_000_000, perTokens: 1_000_000, currency: 'USD' })
    const cost = pricing && costOf(pricing, { promptTokens: 1_000_000, completionTokens: 500_000 })
    expect(cost?.totalNano).toBe(450_000_000)
  })

  it('is known to be nothing, or not known', () => {
    expect(readGivenPrice('llm', { input_price: '0', output_price: '0' })).toMatchObject({ inputNano: 0, outputNano: 0 })
    expect(readGivenPrice('llm', { input_price: '', output_price: ' ' })).toBeUndefined()
    expect(readGivenPrice('llm', {})).toBeUndefined()
    expect(readGivenPrice('llm', { input_price: '-1', output_price: '1' })).toBeUndefined()
    expect(readGivenPrice('text-embedding', { output_price: '1' })).toBeUndefined()
    expect(readGivenPrice('text-embedding', { input_price: '0.02' })).toMatchObject({ inputNano: 20_000_000, outputNano: 0 })
    expect(readGivenPrice('tts', { input_price: '1' })).toBeUndefined()
  })

  it('is not known by half', () => {
    expect(readGivenPrice('llm', { input_price: '3' })).toBeUndefined()
    expect(findMissingPrice('llm', { input_price: '3', output_price: ' ' })).toBe('output_price')
    expect(findMissingPrice('llm', { output_price: '0' })).toBe('input_price')
    expect(findMissingPrice('llm', { input_price: '3', output_price: '0' })).toBeUndefined()
    expect(findMissingPrice('llm', {})).toBeUndefined()
    expect(findMissingPrice('rerank', { input_price: '3' })).toBeUndefined()
  })

  it('is asked by every provider that takes models of one’s own, and stands before the catalogue’s', () => {
    const taking = providers.filter(({ configurateMethods }) => configurateMethods.includes('customizable-model'))
    expect(taking.length).toBeGreaterThan(5)
    for (const provider of taking) {
      expect(provider.modelCredentialFields.map(({ variable }) => variable)).toEqual(
        expect.arrayContaining(['input_price', 'output_price']),
      )
      const credentials = { input_price: '3', output_price: '4' }
      const found = findModel(provider, { model: 'mine', type: 'llm', credentials })
      if (provider.modelTypes.includes('llm')) expect(found?.pricing, provider.id).toMatchObject({ inputNano: 3e9, outputNano: 4e9 })
    }
  })
})
