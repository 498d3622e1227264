import { describe, expect, it } from 'vitest'
import { readCsrfToken, toTransportPassword } from './session.ts'

describe('readCsrfToken', () => {
  it('finds the token under either name, the prefixed one first', () => {
    expect(readCsrfToken('a=1; csrf_token=x%3D')).toBe('x=')
    expect(readCsrfToken('csrf_token=old; __Host-csrf_token=new')).toBe('new')
    expect(readCsrfToken('my_csrf_token=1')).toBeUndefined()
    expect(readCsrfToken('')).toBeUndefined()
  })
})

describe('toTransportPassword', () => {
  it('encodes the UTF-8 bytes', () => {
    expect(toTransportPassword('pässwörd1')).toBe(Buffer.from('pässwörd1', 'utf8').toString('base64'))
  })
})
