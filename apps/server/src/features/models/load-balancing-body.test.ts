import { describe, expect, it } from 'vitest'
import { readSharing } from './load-balancing-body.ts'

describe('a list of load balancing', () => {
  it('names the keys that share the load, by either id', () => {
    const configs = [{ name: '__inherit__', credentials: { api_key: 'sk-0***' } }, { credential_id: 'a', enabled: true }, { id: 'b' }]
    expect(readSharing({ enabled: true, configs })).toEqual(['a', 'b'])
    expect(readSharing({ enabled: true, configs: [{ id: 'a', enabled: false }] })).toEqual([])
  })

  it('lets none share where it is off', () => {
    expect(readSharing({ enabled: false, configs: [{ id: 'a', enabled: true }] })).toEqual([])
    expect(readSharing({ enabled: false })).toEqual([])
  })

  it('says nothing where it is incomplete', () => {
    expect(readSharing({})).toBeUndefined()
    expect(readSharing({ enabled: true })).toBeUndefined()
    expect(readSharing({ configs: [{ id: 'a', enabled: true }] })).toBeUndefined()
  })

  it('brings no credentials of its own, which nobody would keep', () => {
    const configs = [{ name: 'new', credentials: { api_key: 'sk-1' }, enabled: true }]
    expect(() => readSharing({ enabled: true, configs })).toThrow(
      expect.objectContaining({ code: 'invalid_param', param: 'load_balancing' }),
    )
  })
})
