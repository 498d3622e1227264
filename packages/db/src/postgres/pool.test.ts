import { describe, expect, it } from 'vitest'
import { toTlsOptions } from './pool.ts'

describe('toTlsOptions', () => {
  it('is plain text unless asked for', () => {
    expect(toTlsOptions({})).toBe(false)
    expect(toTlsOptions({ sslMode: 'disable', sslAuthority: 'pem' })).toBe(false)
  })

  it('encrypts without a check by require, and checks once there is an authority to check against', () => {
    expect(toTlsOptions({ sslMode: 'require' })).toMatchObject({ rejectUnauthorized: false })
    expect(toTlsOptions({ sslMode: 'require', sslAuthority: 'pem' })).toMatchObject({ rejectUnauthorized: true, ca: 'pem' })
  })

  it('leaves the name of the server alone by verify-ca, and checks it by verify-full', () => {
    expect(toTlsOptions({ sslMode: 'verify-ca' })).toMatchObject({ rejectUnauthorized: true, checkServerIdentity: expect.any(Function) })
    expect(toTlsOptions({ sslMode: 'verify-full' })).toEqual({ rejectUnauthorized: true })
  })
})
