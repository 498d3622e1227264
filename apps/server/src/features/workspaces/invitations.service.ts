import { createHash } from 'node:crypto'
import { AppError, emailAddress, type Role } from '@trellis/contracts'
import { type Db, inTransaction, isUniqueViolation } from '@trellis/db'
import { newId, randomToken } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import type { AccountActor } from '../../http/actor.ts'
import { findAccountByEmail, hashPassword, insertAccount, insertMember } from '../accounts/index.ts'
import { recordChange } from '../audit/index.ts'
import {
  deleteInvitation,
  deleteInvitationsExpiredBefore,
  findInvitation,
  findMemberEmails,
  type OpenInvitation,
  putInvitation,
} from './invitations.repository.ts'
import { findMemberRole } from './members.repository.ts'
import { markCurrent } from './workspaces.repository.ts'

/** What became of one address: `token` opens the invitation and is known this once. */
export type InvitationResult =
  | { readonly status: 'success'; readonly email: string; readonly token: string }
  | { readonly status: 'already_member'; readonly email: string }
  | { readonly status: 'failed'; readonly email: string; readonly message: string }

export interface InvitationProof {
  readonly token: string
  /** Where given, they must be the invitation's. */
  readonly workspaceId?: string | null | undefined
  readonly email?: string | null | undefined
}

export interface NewMember {
  readonly name: string
  /** Undefined: the account signs in another way. */
  readonly password: string | undefined
  readonly language: string
  /** UTC where it is not told. */
  readonly timezone?: string | undefined
}

export interface InvitationService {
  /** Each address once; one that was invited before gets a new link, which ends the old. */
  invite(
    actor: AccountActor,
    people: { readonly emails: readonly string[]; readonly role: Exclude<Role, 'owner'> },
  ): Promise<readonly InvitationResult[]>
  /** Undefined where it is not valid (any more). */
  check(proof: InvitationProof): Promise<{ readonly invitation: OpenInvitation; readonly hasAccount: boolean } | undefined>
  /** Makes an account and a member of it. @throws `already_activate`, `email_already_in_use` where it should sign in instead */
  activate(proof: InvitationProof, member: NewMember): Promise<void>
  /** Forgets those whose links have not worked for a month. */
  cleanUp(): Promise<void>
}

export interface InvitationDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly lifetimeMs: number
}

const TOKEN_LENGTH = 32
const MONTH_MS = 30 * 86_400_000

export function createInvitationService({ db, clock, lifetimeMs }: InvitationDependencies): InvitationService {
  return {
    async invite(actor, { emails, role }) {
      const given = new Map(emails.map((email) => [email.trim().toLowerCase(), email.trim()]))
      const members = await findMemberEmails(db, actor.tenantId, [...given.keys()])
      const results: InvitationResult[] = []
      for (const [address, email] of given) {
        const parsed = emailAddress.safeParse(address)
        if (members.has(address)) results.push({ status: 'already_member', email })
        else if (!parsed.success) results.push({ status: 'failed', email, message: 'This is no email address.' })
        else {
          const token = randomToken(TOKEN_LENGTH)
          const now = clock.now()
          await putInvitation(db, {
            id: newId(),
            tenant_id: actor.tenantId,
            email: address,
            role,
            token_hash: hashToken(token),
            invited_by: actor.accountId,
            expires_at: now + lifetimeMs,
            created_at: now,
          })
          results.push({ status: 'success', email, token })
        }
      }
      return results
    },
    async check(proof) {
      const invitation = await findValid(db, clock, proof)
      if (!invitation) return undefined
      return { invitation, hasAccount: (await findAccountByEmail(db, invitation.email)) !== undefined }
    },
    activate: (proof, member) => activateByInvitation({ db, clock }, { proof, member }),
    cleanUp: () => deleteInvitationsExpiredBefore(db, clock.now() - MONTH_MS),
  }
}

/** @throws as `activate` of the service, and `invitation_for_other_account` where the member has another address */
export async function activateByInvitation(
  { db, clock }: Pick<InvitationDependencies, 'db' | 'clock'>,
  { proof, member }: { readonly proof: InvitationProof; readonly member: NewMember & { readonly email?: string } },
): Promise<void> {
  const invitation = await getValid(db, clock, proof)
  if (member.email !== undefined && member.email.toLowerCase() !== invitation.email) throw new AppError('invitation_for_other_account')
  const hash = member.password === undefined ? null : await hashPassword(member.password)
  const account = newAccount(invitation.email, { ...member, hash, now: clock.now() })
  try {
    await inTransaction(db, async (db) => {
      await insertAccount(db, account)
      await takeInvitation(db, clock, { invitation, account })
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new AppError('email_already_in_use', {
      message: 'There is an account with this email address. Sign in with it to accept the invitation.',
      cause: error,
    })
  }
}

/** Whoever accepts. */
interface Joining {
  readonly id: string
  readonly name: string
  readonly email: string
}

/**
 * Makes the account a member by an invitation to its address, and goes to the workspace. Answers the workspace's id.
 * @throws `already_activate`, `invitation_for_other_account`
 */
export async function joinByInvitation(
  { db, clock }: Pick<InvitationDependencies, 'db' | 'clock'>,
  { token, account }: { readonly token: string; readonly account: Joining },
): Promise<string> {
  const invitation = await getValid(db, clock, { token })
  if (invitation.email !== account.email.toLowerCase()) throw new AppError('invitation_for_other_account')
  await inTransaction(db, (db) => takeInvitation(db, clock, { invitation, account }))
  return invitation.tenant_id
}

async function takeInvitation(
  db: Db,
  clock: Clock,
  { invitation, account }: { readonly invitation: OpenInvitation; readonly account: Joining },
): Promise<void> {
  const now = clock.now()
  const tenantId = invitation.tenant_id
  const accountId = account.id
  if (!(await deleteInvitation(db, tenantId, invitation.id))) throw new AppError('already_activate')
  if ((await findMemberRole(db, tenantId, accountId)) === undefined) {
    await insertMember(db, {
      tenant_id: tenantId,
      account_id: accountId,
      role: invitation.role,
      is_current: 0,
      invited_by: invitation.invited_by,
      last_opened_at: null,
      created_at: now,
    })
    await recordChange(db, { tenantId, account, action: 'member.join', details: { role: invitation.role }, now })
  }
  await markCurrent(db, tenantId, { accountId, now })
}

async function findValid(db: Db, clock: Clock, { token, workspaceId, email }: InvitationProof): Promise<OpenInvitation | undefined> {
  const invitation = await findInvitation(db, hashToken(token))
  if (!invitation || invitation.expires_at <= clock.now()) return undefined
  if (workspaceId && workspaceId.toLowerCase() !== invitation.tenant_id) return undefined
  if (email && email.trim().toLowerCase() !== invitation.email) return undefined
  return invitation
}

async function getValid(db: Db, clock: Clock, proof: InvitationProof): Promise<OpenInvitation> {
  const invitation = await findValid(db, clock, proof)
  if (!invitation) throw new AppError('already_activate')
  return invitation
}

const newAccount = (email: string, member: Omit<NewMember, 'password'> & { readonly hash: string | null; readonly now: number }) => ({
  id: newId(),
  name: member.name,
  email,
  password_hash: member.hash,
  avatar: null,
  interface_language: member.language,
  interface_theme: 'system',
  timezone: member.timezone ?? 'UTC',
  status: 'active' as const,
  last_login_at: null,
  last_login_ip: null,
  last_active_at: null,
  created_at: member.now,
  updated_at: member.now,
})

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
