import type { CredentialField } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { isMaskOf, maskCredentials, maskSecret } from './mask-secrets.ts'

const field = (variable: string, type: CredentialField['type']): CredentialField => ({
  variable,
  type,
  label: { en_US: variable },
  required: false,
  show_on: [],
})

describe('masked secrets', () => {
  it.each([
    ['', ''],
    ['12345678', '********************'],
    ['123456789', '123456************89'],
    ['sk-abcdefghijklmnop', 'sk-abc************op'],
  ])('shows %j as %j', (secret, masked) => {
    expect(maskSecret(secret)).toBe(masked)
  })

  it('masks secrets and what the form does not know, and nothing else', () => {
    const fields = [field('key', 'secret-input'), field('base', 'text-input')]
    expect(maskCredentials(fields, { key: 'sk-abcdefghijklmnop', base: 'https://a.test', former: 'short' })).toEqual({
      key: 'sk-abc************op',
      base: 'https://a.test',
      former: '********************',
    })
  })

  it('knows its own mask again', () => {
    expect(isMaskOf('sk-abc************op', 'sk-abcdefghijklmnop')).toBe(true)
    expect(isMaskOf('[__HIDDEN__]', 'anything')).toBe(true)
    expect(isMaskOf('sk-abc************op', 'another secret')).toBe(false)
    expect(isMaskOf('', '')).toBe(false)
  })
})
