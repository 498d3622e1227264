import { describe, expect, it } from 'vitest'
import { chooseCredentialName } from './credential-name.ts'

describe('a name of credentials', () => {
  it('is the one wanted', () => {
    expect(chooseCredentialName(['Key 1'], 'Second account')).toBe('Second account')
  })

  it('is the number of the set where none is wanted, or the next that is free', () => {
    expect(chooseCredentialName([], undefined)).toBe('Key 1')
    expect(chooseCredentialName(['Second account'], '')).toBe('Key 2')
    expect(chooseCredentialName(['Key 1', 'Key 3'], '')).toBe('Key 4')
  })

  it('is nobody else’s', () => {
    expect(() => chooseCredentialName(['Key 1'], 'Key 1')).toThrow(expect.objectContaining({ code: 'invalid_param', param: 'name' }))
  })
})
