import type { Role } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { assertMayLeave, assertMayManage, assertMayResetPassword, assertMayTransfer, mayManage } from './members.policy.ts'

const roles: readonly Role[] = ['owner', 'admin', 'editor', 'normal', 'dataset_operator']
const a = (role: Role) => ({ accountId: 'a', role })
const b = (role: Role) => ({ accountId: 'b', role })

describe('members', () => {
  it.each([
    ['owner', ['admin', 'editor', 'normal', 'dataset_operator']],
    ['admin', ['editor', 'normal', 'dataset_operator']],
    ['editor', []],
    ['normal', []],
    ['dataset_operator', []],
  ] as const)('are managed by those above them: %s manages %j', (role, managed) => {
    expect(roles.filter((other) => mayManage(a(role), b(other)))).toEqual(managed)
  })

  it.each(roles)('do not manage themselves: %s', (role) => {
    expect(mayManage(a(role), a(role))).toBe(false)
    expect(() => assertMayManage(a(role), a(role))).toThrow(expect.objectContaining({ code: 'cannot_operate_self' }))
  })

  it('hear why they may not', () => {
    expect(() => assertMayManage(a('admin'), b('owner'))).toThrow(
      expect.objectContaining({ code: 'forbidden', message: expect.stringMatching(/transfer/) }),
    )
    expect(() => assertMayManage(a('admin'), b('admin'))).toThrow(
      expect.objectContaining({ code: 'forbidden', message: expect.stringMatching(/owner only/) }),
    )
  })

  it('get links for a new password from those above them alone, and for no more than those manage', () => {
    expect(() => assertMayResetPassword(a('admin'), b('editor'), 0)).not.toThrow()
    expect(() => assertMayResetPassword(a('admin'), b('admin'), 0)).toThrow(expect.objectContaining({ code: 'forbidden' }))
    expect(() => assertMayResetPassword(a('admin'), a('admin'), 0)).toThrow(expect.objectContaining({ code: 'cannot_operate_self' }))
    expect(() => assertMayResetPassword(a('owner'), b('editor'), 1)).toThrow(
      expect.objectContaining({ code: 'forbidden', message: expect.stringMatching(/other workspaces/) }),
    )
  })

  it('may leave, but for the owner', () => {
    for (const role of roles.slice(1)) expect(() => assertMayLeave({ role })).not.toThrow()
    expect(() => assertMayLeave({ role: 'owner' })).toThrow(expect.objectContaining({ code: 'owner_cannot_leave' }))
  })

  it('become the owner only by the owner’s will', () => {
    expect(() => assertMayTransfer(a('owner'), 'b')).not.toThrow()
    expect(() => assertMayTransfer(a('owner'), 'a')).toThrow(expect.objectContaining({ code: 'cannot_transfer_owner_to_self' }))
    expect(() => assertMayTransfer(a('admin'), 'b')).toThrow(expect.objectContaining({ code: 'forbidden' }))
  })
})
