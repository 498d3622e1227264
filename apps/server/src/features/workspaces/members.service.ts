import { AppError, type Role } from '@trellis/contracts'
import { type Db, inTransaction } from '@trellis/db'
import type { AccountActor } from '../../http/actor.ts'
import { findAccountById, verifyPassword } from '../accounts/index.ts'
import { deleteInvitation, type InvitationRow, listInvitations, updateInvitationRole } from './invitations.repository.ts'
import { assertMayLeave, assertMayManage, assertMayTransfer } from './members.policy.ts'
import { deleteMember, findMemberRole, listMembers, type MemberRow, updateMemberRole } from './members.repository.ts'

export interface MemberService {
  /** Who is here, in the order of their coming, and who is invited. */
  list(tenantId: string): Promise<{ readonly members: readonly MemberRow[]; readonly invitations: readonly InvitationRow[] }>
  /** Of a member, or of somebody invited (`id` is the invitation's). @throws `not_found`, `forbidden`, `cannot_operate_self`, `conflict` */
  changeRole(actor: AccountActor, id: string, role: Exclude<Role, 'owner'>): Promise<void>
  /** The same for going. What they made stays the workspace's. */
  remove(actor: AccountActor, id: string): Promise<void>
  /** @throws `cannot_transfer_owner_to_self`, `current_password_incorrect`, `invalid_or_expired_token`, `member_not_in_tenant`, `conflict` */
  transferOwnership(actor: AccountActor, to: { readonly memberId: string; readonly proof: TransferProof }): Promise<void>
  /** @throws `owner_cannot_leave` */
  leave(actor: AccountActor): Promise<void>
}

/** Whoever holds a session only does not give a workspace away: the owner's password, or the token of a code that was mailed to them. */
export type TransferProof = { readonly password: string } | { readonly token: string }

export interface MemberServiceDependencies {
  readonly db: Db
  /** Uses up the token. @throws `invalid_or_expired_token` where it is not for this */
  readonly takeTransferToken: (actor: AccountActor, token: string) => Promise<void>
}

export function createMemberService({ db, takeTransferToken }: MemberServiceDependencies): MemberService {
  const getManaged = async (actor: AccountActor, accountId: string): Promise<{ accountId: string; role: Role } | undefined> => {
    const role = await findMemberRole(db, actor.tenantId, accountId)
    if (role === undefined) return undefined
    assertMayManage(actor, { accountId, role })
    return { accountId, role }
  }
  return {
    async list(tenantId) {
      const [members, invitations] = await Promise.all([listMembers(db, tenantId), listInvitations(db, tenantId)])
      return { members, invitations }
    },
    async changeRole(actor, id, role) {
      const member = await getManaged(actor, id)
      if (!member) {
        if (!(await updateInvitationRole(db, actor.tenantId, { id, role }))) throw noSuchMember()
      } else if (!(await updateMemberRole(db, actor.tenantId, { accountId: id, from: member.role, to: role })))
        throw new AppError('conflict')
    },
    async remove(actor, id) {
      const member = await getManaged(actor, id)
      if (!member) {
        if (!(await deleteInvitation(db, actor.tenantId, id))) throw noSuchMember()
      } else if (!(await deleteMember(db, actor.tenantId, member))) throw new AppError('conflict')
    },
    async transferOwnership(actor, { memberId, proof }) {
      assertMayTransfer(actor, memberId)
      if ('token' in proof) await takeTransferToken(actor, proof.token)
      else await assertPassword(db, actor.accountId, proof.password)
      const { tenantId, accountId } = actor
      await inTransaction(db, async (db) => {
        if (!(await updateMemberRole(db, tenantId, { accountId, from: 'owner', to: 'admin' }))) throw new AppError('conflict')
        const from = await findMemberRole(db, tenantId, memberId)
        if (from === undefined) throw new AppError('member_not_in_tenant')
        await assertActive(db, memberId)
        if (!(await updateMemberRole(db, tenantId, { accountId: memberId, from, to: 'owner' }))) throw new AppError('conflict')
      })
    },
    async leave(actor) {
      assertMayLeave(actor)
      // The role may have become another meanwhile: nobody leaves as the owner.
      if (!(await deleteMember(db, actor.tenantId, actor))) throw new AppError('owner_cannot_leave')
    },
  }
}

/** Whoever holds a session only, an unattended browser's, does not give a workspace away. */
async function assertPassword(db: Db, accountId: string, password: string): Promise<void> {
  const account = await findAccountById(db, accountId)
  if (account?.password_hash === null) return
  if (!account || !(await verifyPassword(account.password_hash, password))) throw new AppError('current_password_incorrect')
}

async function assertActive(db: Db, accountId: string): Promise<void> {
  const account = await findAccountById(db, accountId)
  if (account?.status !== 'active') {
    throw new AppError('member_not_in_tenant', { message: 'The account of this member is closed or blocked: it cannot own a workspace.' })
  }
}

const noSuchMember = (): AppError => new AppError('not_found', { message: 'The workspace has no such member and no such invitation.' })
