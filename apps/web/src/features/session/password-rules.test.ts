import { describe, expect, it } from 'vitest'
import { checkPassword, isEmailLike, isPasswordAcceptable } from './password-rules.ts'

describe('checkPassword', () => {
  it('ticks each part off on its own', () => {
    expect(checkPassword('')).toEqual({ length: false, letter: false, digit: false })
    expect(checkPassword('abc')).toEqual({ length: false, letter: true, digit: false })
    expect(checkPassword('12345678')).toEqual({ length: true, letter: false, digit: true })
    expect(isPasswordAcceptable('trellis2026')).toBe(true)
  })
})

describe('isEmailLike', () => {
  it('catches what cannot be an address', () => {
    expect(isEmailLike(' ada@example.com ')).toBe(true)
    expect(isEmailLike('ada@localhost')).toBe(true)
    expect(isEmailLike('ada')).toBe(false)
    expect(isEmailLike('a b@c')).toBe(false)
  })
})
