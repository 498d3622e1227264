import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAccountByEmail } from './accounts.repository.ts'
import type { BeginSession } from './begin-session.ts'
import { deviceOf } from './device.ts'
import type { LoginService } from './login.service.ts'
import type { NewAccount, SetupService } from './setup.service.ts'

/** Somebody who has proven to read the mail of an address. */
export interface Proven {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly email: string
  /** Of a new account; undefined: what stands before the `@`. */
  readonly name: string | undefined
  readonly language: string | undefined
  readonly timezone: string | undefined
  /** Of the invitation to accept with it. */
  readonly inviteToken: string | undefined
}

export type Admission = { readonly result: 'success' } | { readonly result: 'fail'; readonly data: string }

/** Lets them in, with a new account where there is none and anybody may make one; sets the session's cookies. */
export type Admit = (proven: Proven) => Promise<Admission>

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

/** @throws `account_not_found`, `not_allowed_create_workspace`, and what `enter` and `activateInvited` throw */
export function createAdmission({ db, login, setup, beginSession, activateInvited, ...allows }: AdmissionDependencies): Admit {
  const register = async (account: NewAccount): Promise<void> => {
    if (!allows.allowsRegistration) throw new AppError('account_not_found')
    if (!allows.allowsWorkspaceCreation) throw new AppError('not_allowed_create_workspace')
    await setup.createWorkspace(account, `${account.name}'s Workspace`)
  }
  const makeAccount = async ({ email, name, language, timezone, inviteToken }: Proven): Promise<void> => {
    const called = (name?.trim() || (email.split('@')[0] ?? email)).slice(0, MAX_NAME_LENGTH)
    const account = { email, name: called, password: undefined, language: language ?? 'en-US', timezone }
    if (inviteToken) await activateInvited(inviteToken, account)
    else await register(account)
  }
  return async (proven) => {
    const { request, reply, email } = proven
    const known = await findAccountByEmail(db, email)
    if (!known) await makeAccount(proven)
    const account = known ?? (await findAccountByEmail(db, email))
    if (!account) throw new AppError('account_not_found')
    // Whoever was made by an invitation has accepted it.
    const session = await login.enter(account, { device: deviceOf(request), inviteToken: known && proven.inviteToken })
    if (!session) return homeless
    await beginSession(request, reply, session)
    return { result: 'success' }
  }
}
