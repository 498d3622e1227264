import { AppError, type Role } from '@trellis/contracts'

/** Somebody of a workspace, as far as rights go. */
export interface RoleHolder {
  readonly accountId: string
  readonly role: Role
}

/** Higher ranks manage lower ones. Only owners and administrators manage anyone. */
const ranks: Readonly<Record<Role, number>> = { owner: 2, admin: 1, editor: 0, normal: 0, dataset_operator: 0 }

/** Whether the one may change the other's role, or remove them. Nobody manages an owner: the place is transferred. */
export const mayManage = (actor: RoleHolder, member: RoleHolder): boolean =>
  actor.accountId !== member.accountId && ranks[actor.role] > ranks[member.role]

/** @throws `cannot_operate_self`, `forbidden` */
export function assertMayManage(actor: RoleHolder, member: RoleHolder): void {
  if (actor.accountId === member.accountId) throw new AppError('cannot_operate_self')
  if (mayManage(actor, member)) return
  const reason =
    member.role === 'owner'
      ? 'The owner of a workspace cannot be changed or removed; they can transfer the ownership.'
      : 'Administrators are changed and removed by the owner only.'
  throw new AppError('forbidden', { message: reason })
}

/** A workspace keeps its owner. @throws `owner_cannot_leave` */
export function assertMayLeave({ role }: Pick<RoleHolder, 'role'>): void {
  if (role === 'owner') throw new AppError('owner_cannot_leave')
}

/** @throws `cannot_transfer_owner_to_self` */
export function assertMayTransfer(actor: RoleHolder, memberId: string): void {
  if (actor.role !== 'owner') throw new AppError('forbidden', { message: 'Only the owner can transfer the ownership.' })
  if (actor.accountId === memberId) throw new AppError('cannot_transfer_owner_to_self')
}

/**
 * Whoever makes the link could use it. So it opens no more than what they manage anyway: an account that is in other workspaces,
 * or stands above them in one, gets its password from elsewhere. @throws `cannot_operate_self`, `forbidden`
 */
export function assertMayResetPassword(actor: RoleHolder, member: RoleHolder, otherWorkspaces: number): void {
  assertMayManage(actor, member)
  if (otherWorkspaces === 0) return
  throw new AppError('forbidden', {
    message:
      'This account belongs to other workspaces too, which a link made here would open. Whoever operates the server can set its password: npm run trellis -- job reset-password',
  })
}
