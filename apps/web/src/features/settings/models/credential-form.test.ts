import { describe, expect, it } from 'vitest'
import type { CredentialField } from '../../../api/types/models.ts'
import { missingFields, refusedField, startingValues, toCredentials, visibleFields } from './credential-form.ts'

const field = (variable: string, part: Partial<CredentialField> = {}): CredentialField => ({
  variable,
  label: { en_US: variable },
  type: 'text-input',
  required: false,
  default: null,
  options: null,
  placeholder: null,
  help: null,
  max_length: null,
  show_on: [],
  ...part,
})

const fields = [
  field('key', { type: 'secret-input', required: true }),
  field('kind', { type: 'select', default: 'cloud' }),
  field('address', { required: true, show_on: [{ variable: 'kind', value: 'own' }] }),
]

describe('credential form', () => {
  it('shows a field only where its condition holds', () => {
    expect(visibleFields(fields, { kind: 'cloud' }).map((item) => item.variable)).toEqual(['key', 'kind'])
    expect(visibleFields(fields, { kind: 'own' })).toHaveLength(3)
  })

  it('asks for what is required and visible', () => {
    expect(missingFields(fields, startingValues(fields, null), null)).toEqual(['key'])
    expect(missingFields(fields, { key: 'k', kind: 'own' }, null)).toEqual(['address'])
  })

  it('has what is refused stand at the field that it names, until that is changed', () => {
    const sent = { address: 'localhost:1' }
    const shown = ['key', 'address']
    expect(refusedField('address', { shown, sent, now: sent })).toEqual({ variable: 'address', isMended: false })
    expect(refusedField('address', { shown, sent, now: { address: 'http://localhost:1' } })).toMatchObject({ isMended: true })
    expect(refusedField('credentials', { shown, sent, now: sent })).toBeNull()
    expect(refusedField(undefined, { shown, sent, now: sent })).toBeNull()
  })

  it('keeps a stored secret that is not typed again', () => {
    const stored = { key: 'sk-****', kind: 'cloud' }
    const values = startingValues(fields, stored)
    expect(values['key']).toBe('')
    expect(missingFields(fields, values, stored)).toEqual([])
    expect(toCredentials(fields, values, stored)).toEqual({ key: 'sk-****', kind: 'cloud' })
    expect(toCredentials(fields, { ...values, key: ' sk-new ' }, stored)['key']).toBe('sk-new')
  })
})
