import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AccountRow, findAccountByEmail } from './accounts.repository.ts'
import type { BeginSession } from './begin-session.ts'
import { deviceOf } from './device.ts'
import type { LoginService } from './login.service.ts'
import type { SessionTokens } from './session-tokens.ts'
import type { NewAccount, SetupService } from './setup.service.ts'

/** Somebody who has proven to read the mail of an address. */
interface Proven {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly email: string
  /** Of a new account; undefined: what stands before the `@`. */
  readonly name: string | undefined
  readonly language: string | undefined
  readonly timezone: string | undefined
}

export interface Visitor extends Proven {
  /** Of the invitation to accept with it. */
  readonly inviteToken: string | undefined
}

export interface Newcomer extends Proven {
  readonly password: string
}

export type Admission = { readonly result: 'success' } | { readonly result: 'fail'; readonly data: string }

export interface Admissions {
  /**
   * Lets somebody in, with a new account where there is none and anybody may make one; sets the session's cookies.
   * @throws `account_not_found`, `not_allowed_create_workspace`, and what `enter` and `activateInvited` throw
   */
  admit(visitor: Visitor): Promise<Admission>
  /**
   * Makes a new account and lets it in. The tokens are those of the cookies.
   * @throws `account_not_found`, `not_allowed_create_workspace`, `email_already_in_use`
   */
  register(newcomer: Newcomer): Promise<SessionTokens>
}

export interface AdmissionDependencies {
  readonly db: Db
  readonly login: LoginService
  readonly setup: SetupService
  readonly beginSession: BeginSession
  readonly allowsRegistration: boolean
  readonly allowsWorkspaceCreation: boolean
  /** Makes an account by an invitation to its address, and a member of it. @throws `already_activate`, `invitation_for_other_account` */
  readonly activateInvited: (token: string, account: NewAccount) => Promise<unknown>
}

const MAX_NAME_LENGTH = 30

export const homeless: Admission = {
  result: 'fail',
  data: 'This account belongs to no workspace. Ask an administrator for an invitation.',
}

export function createAdmissions({ db, login, setup, beginSession, activateInvited, ...allows }: AdmissionDependencies): Admissions {
  const makeAccount = async (account: NewAccount): Promise<void> => {
    if (!allows.allowsRegistration) throw new AppError('account_not_found')
    if (!allows.allowsWorkspaceCreation) throw new AppError('not_allowed_create_workspace')
    await setup.createWorkspace(account, `${account.name}'s Workspace`)
  }
  const getAccount = async (email: string): Promise<AccountRow> => {
    const account = await findAccountByEmail(db, email)
    if (!account) throw new AppError('account_not_found')
    return account
  }
  return {
    async admit(visitor) {
      const { request, reply, email, inviteToken } = visitor
      const known = await findAccountByEmail(db, email)
      if (!known && inviteToken) await activateInvited(inviteToken, toNewAccount(visitor, undefined))
      else if (!known) await makeAccount(toNewAccount(visitor, undefined))
      const account = known ?? (await getAccount(email))
      // Whoever was made by an invitation has accepted it.
      const session = await login.enter(account, { device: deviceOf(request), inviteToken: known && inviteToken })
      if (!session) return homeless
      await beginSession(request, reply, session)
      return { result: 'success' }
    },
    async register(newcomer) {
      const { request, reply, email, password } = newcomer
      await makeAccount(toNewAccount(newcomer, password))
      const session = await login.enter(await getAccount(email), { device: deviceOf(request) })
      if (!session) throw new AppError('account_not_link_tenant')
      await beginSession(request, reply, session)
      return session
    },
  }
}

function toNewAccount({ email, name, language, timezone }: Proven, password: string | undefined): NewAccount {
  const called = (name?.trim() || (email.split('@')[0] ?? email)).slice(0, MAX_NAME_LENGTH)
  return { email, name: called, password, language: language ?? 'en-US', timezone }
}
