import type { Account } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Cache, Clock, Logger } from '@trellis/spec'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Mount } from '../../http/mount.ts'
import type { WorkspaceSecrets } from '../secrets/index.ts'
import { mountAccountRoutes } from './account.routes.ts'
import { type AccountService, createAccountService } from './account.service.ts'
import { type AccountReference, findAccountNames, findAccountReferences } from './accounts.repository.ts'
import { type AdmissionDependencies, type Admissions, createAdmissions } from './admission.ts'
import type { AccountPictures } from './avatar.ts'
import { createBeginSession } from './begin-session.ts'
import { deviceOf } from './device.ts'
import { createLoginService, type LoginDependencies, type LoginService } from './login.service.ts'
import { presentAccount } from './present-account.ts'
import { mountSessionRoutes } from './session.routes.ts'
import { createSessionCookies, type SessionCookieOptions, type SessionCookies } from './session-cookies.ts'
import { createSessionTokens, type SessionTokenService } from './session-tokens.ts'
import { deleteExpiredRefreshTokens, findAccountOfSession, type SessionName } from './sessions.repository.ts'
import { mountSetupRoutes, type SetupRouteDependencies } from './setup.routes.ts'
import { createSetupService, type SetupService } from './setup.service.ts'
import { createSignInLog } from './sign-in-log.ts'

export interface AccountsDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly cache: Cache
  readonly logger: Logger
  readonly secrets: WorkspaceSecrets
  readonly secretKey: string
  readonly version: string
  readonly cookies: SessionCookieOptions
  readonly initPassword: string | undefined
  readonly loginMaxFailures: number
  readonly loginLockoutSeconds: number
  readonly features: SetupRouteDependencies['features']
  readonly pictures: AccountPictures
  readonly joinByInvitation: LoginDependencies['joinByInvitation']
  readonly activateInvited: AdmissionDependencies['activateInvited']
}

/** Who may come in: set-up, sign-in, registration, sessions, one's own account. */
export interface Accounts extends Admissions {
  readonly account: AccountService
  readonly login: LoginService
  readonly setup: SetupService
  readonly tokens: SessionTokenService
  readonly cookies: SessionCookies
  /** The cookies of a new session, where what one signs in by has changed. */
  renewSession(accountId: string, request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** An account as its owner sees it. @throws `account_not_found` */
  present(accountId: string): Promise<Account>
  mountRoutes(mount: Mount): void
  /** The session that a request carries; undefined where it carries none that holds. */
  findSignedIn(request: FastifyRequest): Promise<SessionName | undefined>
  /** A session that was found before has not ended since. */
  isSignedIn(session: SessionName): Promise<boolean>
  /** Names of accounts by id; ids of none are left out. */
  namesOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** How accounts are shown beside what they made, by id; ids of none are left out. */
  referencesOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountReference>>
  /** Drops what has expired; for the daily clean-up. */
  cleanUp(): Promise<void>
}

export function createAccounts(dependencies: AccountsDependencies): Accounts {
  const { db, clock, cache, secrets, secretKey, version, features } = dependencies
  const tokens = createSessionTokens({ db, clock, secretKey, ...dependencies.cookies })
  const cookies = createSessionCookies(dependencies.cookies)
  const beginSession = createBeginSession({ tokens, cookies })
  const setup = createSetupService({ db, clock, secrets, initPassword: dependencies.initPassword })
  const log = createSignInLog(dependencies.logger)
  const login = createLoginService({
    db,
    clock,
    cache,
    tokens,
    log,
    allowsPasswordLogin: features.enable_email_password_login,
    maxFailures: dependencies.loginMaxFailures,
    lockoutSeconds: dependencies.loginLockoutSeconds,
    joinByInvitation: dependencies.joinByInvitation,
  })
  const account = createAccountService({ db, clock })
  return {
    account,
    login,
    setup,
    tokens,
    cookies,
    ...createAdmissions({
      db,
      login,
      setup,
      beginSession,
      allowsRegistration: features.is_allow_register,
      allowsWorkspaceCreation: features.is_allow_create_workspace,
      activateInvited: dependencies.activateInvited,
    }),
    renewSession: async (accountId, request, reply) => cookies.set(reply, await tokens.issue(accountId, deviceOf(request))),
    present: async (accountId) => presentAccount(await account.get(accountId), dependencies.pictures),
    mountRoutes(mount) {
      mountSetupRoutes(mount, { setup, secretKey, version, features })
      mountSessionRoutes(mount, { login, tokens, cookies, beginSession, setup, log })
      mountAccountRoutes(mount, { accounts: account, tokens, cookies, pictures: dependencies.pictures })
    },
    async findSignedIn(request) {
      const token = cookies.read(request, 'access_token')
      if (token === undefined) return undefined
      return tokens.verifyAccess(token).then(
        ({ account, sessionId }) => ({ accountId: account.id, sessionId }),
        () => undefined,
      )
    },
    isSignedIn: async (session) => (await findAccountOfSession(db, session)) !== undefined,
    namesOf: (accountIds) => findAccountNames(db, accountIds),
    referencesOf: (accountIds) => findAccountReferences(db, accountIds),
    cleanUp: () => deleteExpiredRefreshTokens(db, clock.now()),
  }
}

export type { AccountService } from './account.service.ts'
export type { AccountRow } from './accounts.repository.ts'
export {
  findAccountByEmail,
  findAccountById,
  findCurrentMembership,
  findOwner,
  insertAccount,
  insertMember,
  insertTenant,
} from './accounts.repository.ts'
export type { Admissions } from './admission.ts'
export { type AccountPictures, avatarUrl, findAvatars } from './avatar.ts'
export { closeAccount } from './close-account.ts'
export type { LoginService, SignedIn } from './login.service.ts'
export { hashPassword, verifyPassword } from './passwords.ts'
export type { SessionCookieOptions, SessionCookies } from './session-cookies.ts'
export type { SessionTokenService } from './session-tokens.ts'
export type { SessionName } from './sessions.repository.ts'
export type { SetupService } from './setup.service.ts'
