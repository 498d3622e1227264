import { describe, expect, it } from 'vitest'
import type { Role } from '../../../api/types/account.ts'
import { mayBecomeOwner, mayManage, splitAddresses } from './member-rules.ts'

const self = (role: Role) => ({ id: 'self', role })
const member = (role: Role, status: 'active' | 'pending' | 'banned' = 'active', id = 'other') => ({ id, role, status })

describe('a member', () => {
  it('is managed from above only', () => {
    expect(mayManage(self('owner'), member('admin'))).toBe(true)
    expect(mayManage(self('admin'), member('editor'))).toBe(true)
    expect(mayManage(self('admin'), member('admin'))).toBe(false)
    expect(mayManage(self('admin'), member('owner'))).toBe(false)
    expect(mayManage(self('editor'), member('normal'))).toBe(false)
    expect(mayManage(self('owner'), member('owner', 'active', 'self'))).toBe(false)
  })

  it('who is only invited is managed by every administrator', () => {
    expect(mayManage(self('admin'), member('admin', 'pending'))).toBe(true)
    expect(mayManage(self('editor'), member('normal', 'pending'))).toBe(false)
  })

  it('becomes the owner by the owner, once they are here', () => {
    expect(mayBecomeOwner(self('owner'), member('normal'))).toBe(true)
    expect(mayBecomeOwner(self('owner'), member('normal', 'pending'))).toBe(false)
    expect(mayBecomeOwner(self('owner'), member('normal', 'banned'))).toBe(false)
    expect(mayBecomeOwner(self('admin'), member('normal'))).toBe(false)
  })
})

describe('addresses', () => {
  it('are read however they were pasted, each once', () => {
    expect(splitAddresses('a@x.com, b@x.com;c@x.com\nA@x.com  Ada Lovelace <ada@x.com>')).toEqual([
      'A@x.com',
      'b@x.com',
      'c@x.com',
      'ada@x.com',
    ])
    expect(splitAddresses(' nobody here ')).toEqual([])
  })
})
