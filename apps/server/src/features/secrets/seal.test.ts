import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveKey, newKey, SealError, seal, unseal } from './seal.ts'

const key = deriveKey('secret', 'test')

describe('a sealed text', () => {
  it('opens as what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, purpose) => {
        expect(unseal(key, seal(key, text, purpose), purpose)).toBe(text)
      }),
    )
  })

  it('looks different every time and holds nothing of the text', () => {
    const sealed = seal(key, 'sk-open-sesame', 'p')
    expect(seal(key, 'sk-open-sesame', 'p')).not.toBe(sealed)
    expect(Buffer.from(sealed.slice(3), 'base64url').toString()).not.toContain('sesame')
    expect(sealed).toMatch(/^v1\.[\w-]+$/)
  })

  it.each([
    ['another key', () => unseal(newKey(), seal(key, 'x', 'p'), 'p')],
    ['another purpose', () => unseal(key, seal(key, 'x', 'p'), 'q')],
    ['an unknown version', () => unseal(key, seal(key, 'x', 'p').replace('v1.', 'v2.'), 'p')],
    ['nothing in it', () => unseal(key, '', 'p')],
    ['too little in it', () => unseal(key, 'v1.AAAA', 'p')],
  ])('does not open with %s', (_title, open) => {
    expect(open).toThrow(SealError)
  })

  it('does not open once any bit of it was changed', () => {
    const bytes = Buffer.from(seal(key, 'text', 'p').slice(3), 'base64url')
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const forged = Buffer.from(bytes)
        forged[index] = (forged[index] ?? 0) ^ change
        expect(() => unseal(key, `v1.${forged.toString('base64url')}`, 'p')).toThrow(SealError)
      }),
    )
  })
})

describe('deriveKey', () => {
  it('makes one key for each secret and purpose', () => {
    expect(deriveKey('secret', 'a')).toEqual(deriveKey('secret', 'a'))
    expect(deriveKey('secret', 'a')).not.toEqual(deriveKey('secret', 'b'))
    expect(deriveKey('secret', 'a')).not.toEqual(deriveKey('other', 'a'))
    expect(deriveKey('secret', 'a')).toHaveLength(32)
  })
})
