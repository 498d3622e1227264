import { AppError } from '@trellis/contracts'
import type { CredentialField } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { readCredentialForm } from './credential-form.ts'

const aField = (variable: string, change: Partial<CredentialField> = {}): CredentialField => ({
  variable,
  type: 'text-input',
  label: { en_US: variable.toUpperCase() },
  required: false,
  show_on: [],
  ...change,
})

const options = ['chat', 'completion'].map((value) => ({ value, label: { en_US: value }, show_on: [] }))

function refusalOf(field: CredentialField, value: unknown): AppError {
  try {
    readCredentialForm({ fields: [field], given: { [field.variable]: value } })
  } catch (error) {
    if (AppError.is(error)) return error
  }
  throw new TypeError('was not refused')
}

describe('a credential form', () => {
  it('is completed with defaults and keeps only what it knows', () => {
    const fields = [aField('key', { required: true }), aField('size', { default: '4096' }), aField('note')]
    expect(readCredentialForm({ fields, given: { key: 'k', size: '', other: 'x', constructor: 'y' } })).toEqual({ key: 'k', size: '4096' })
  })

  it.each<[string, CredentialField, unknown, RegExp]>([
    ['a missing value', aField('key', { required: true }), undefined, /KEY \(key\) is required/],
    ['an empty value', aField('key', { required: true }), '', /is required/],
    ['what is no text', aField('key'), { $ne: null }, /must be a text/],
    ['a number', aField('key'), 7, /must be a text/],
    ['no amount', aField('key', { format: 'amount' }), '1,50', /must be a number such as 0.15/],
    ['less than nothing', aField('key', { format: 'amount' }), '-1', /must be a number/],
    ['too much', aField('key', { max_length: 3 }), 'four', /at most 3 characters, but has 4/],
    ['far too much', aField('key'), 'x'.repeat(20_001), /at most 20000 characters/],
    ['what is not offered', aField('key', { type: 'select', options }), 'chart', /must be one of chat, completion/],
    ['a switch that is neither on nor off', aField('key', { type: 'switch' }), 'maybe', /must be true or false/],
    ['an address without http', aField('key', { variable: 'endpoint_url' }), 'localhost:11434/v1', /begin with http:\/\/ or https:\/\//],
    ['a mask of nothing', aField('key', { type: 'secret-input' }), '[__HIDDEN__]', /nothing is stored/],
  ])('refuses %s', (_, field, value, message) => {
    const error = refusalOf(field, value)
    expect(error).toMatchObject({ code: 'invalid_param', param: field.variable })
    expect(error.message).toMatch(message)
  })

  it('passes over fields that are not shown', () => {
    const fields = [
      aField('mode', { type: 'select', options, default: 'chat', show_on: [{ variable: '__model_type', value: 'llm' }] }),
      aField('chat_only', { required: true, show_on: [{ variable: 'mode', value: 'chat' }] }),
    ]
    expect(readCredentialForm({ fields, given: { mode: 'chat' }, context: { __model_type: 'tts' } })).toEqual({})
    expect(readCredentialForm({ fields, given: { mode: 'completion' }, context: { __model_type: 'llm' } })).toEqual({ mode: 'completion' })
    expect(() => readCredentialForm({ fields, given: {}, context: { __model_type: 'llm' } })).toThrow(/chat_only/)
  })

  it('offers an option only where it is shown', () => {
    const large = { value: 'large', label: { en_US: 'Large' }, show_on: [{ variable: '__model_type', value: 'llm' }] }
    const fields = [aField('size', { type: 'select', options: [...options, large] })]
    expect(readCredentialForm({ fields, given: { size: 'large' }, context: { __model_type: 'llm' } })).toEqual({ size: 'large' })
    expect(() => readCredentialForm({ fields, given: { size: 'large' }, context: { __model_type: 'tts' } })).toThrow(/chat, completion\./)
  })

  it('keeps the stored secret where its mask comes back, and takes a new one', () => {
    const fields = [aField('key', { type: 'secret-input', required: true })]
    const stored = { key: 'sk-abcdefghijklmnop' }
    for (const key of ['[__HIDDEN__]', 'sk-abc************op']) {
      expect(readCredentialForm({ fields, given: { key }, stored })).toEqual(stored)
    }
    expect(readCredentialForm({ fields, given: { key: 'sk-new' }, stored })).toEqual({ key: 'sk-new' })
  })

  it('wants the secret again where it would go to a new address', () => {
    const fields = [aField('api_base'), aField('key', { type: 'secret-input' }), aField('endpoint_model_name')]
    const stored = { api_base: 'https://api.example.com', key: 'sk-secret' }
    const read = (given: object) => readCredentialForm({ fields, given: { ...stored, key: '[__HIDDEN__]', ...given }, stored })
    expect(() => read({ api_base: 'https://elsewhere.example.com' })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('enter KEY again'),
        refusal: { reason: 'credentials_secret_again', values: { address: 'API_BASE', secret: 'KEY' } },
      }),
    )
    expect(read({ api_base: 'https://elsewhere.example.com', key: 'sk-new' }).key).toBe('sk-new')
    expect(read({ endpoint_model_name: 'changed' }).key).toBe('sk-secret')
  })

  it('takes switches as texts and as claims', () => {
    const fields = [aField('on', { type: 'switch' })]
    for (const on of [true, 'true']) expect(readCredentialForm({ fields, given: { on } })).toEqual({ on: 'true' })
    expect(readCredentialForm({ fields, given: { on: false } })).toEqual({ on: 'false' })
  })
})
