import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAccountByEmail } from './accounts.repository.ts'
import { deviceOf } from './device.ts'
import type { LoginService } from './login.service.ts'
import type { SessionCookies } from './session-cookies.ts'
import type { SetupService } from './setup.service.ts'

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
  readonly cookies: SessionCookies
  readonly allowsRegistration: boolean
  readonly allowsWorkspaceCreation: boolean
}

const MAX_NAME_LENGTH = 30

export const homeless: Admission = {
  result: 'fail',
  data: 'This account belongs to no workspace. Ask an administrator for an invitation.',
}

/** @throws `account_not_found`, `not_allowed_create_workspace`, and what `enter` throws */
export function createAdmission({ db, login, setup, cookies, ...allows }: AdmissionDependencies): Admit {
  const register = async ({ email, name, language, timezone }: Proven): Promise<void> => {
    if (!allows.allowsRegistration) throw new AppError('account_not_found')
    if (!allows.allowsWorkspaceCreation) throw new AppError('not_allowed_create_workspace')
    const called = (name?.trim() || (email.split('@')[0] ?? email)).slice(0, MAX_NAME_LENGTH)
    await setup.createWorkspace(
      { email, name: called, password: undefined, language: language ?? 'en-US', timezone },
      `${called}'s Workspace`,
    )
  }
  return async (proven) => {
    const { request, reply, email, inviteToken } = proven
    if (!(await findAccountByEmail(db, email))) await register(proven)
    const account = await findAccountByEmail(db, email)
    if (!account) throw new AppError('account_not_found')
    const session = await login.enter(account, { device: deviceOf(request), inviteToken })
    if (!session) return homeless
    cookies.set(reply, session)
    return { result: 'success' }
  }
}
