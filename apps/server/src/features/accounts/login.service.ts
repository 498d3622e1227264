import { createHash } from 'node:crypto'
import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Cache, Clock } from '@trellis/spec'
import { type AccountRow, findAccountByEmail, findCurrentMembership, type Membership, updateAccount } from './accounts.repository.ts'
import { hashPassword, needsRehash, verifyPassword } from './passwords.ts'
import type { Device, SessionTokenService, SessionTokens } from './session-tokens.ts'
import type { Caller, SignInLog } from './sign-in-log.ts'

export interface LoginRequest {
  readonly email: string
  /** Undefined where it could not be read. */
  readonly password: string | undefined
  readonly device: Device
  /** Of an invitation to accept with it. */
  readonly inviteToken?: string | null | undefined
}

export interface SignedIn {
  readonly account: AccountRow
  readonly membership: Membership
  readonly sessionId: string
}

export interface LoginService {
  /**
   * Signs in by password. Undefined: the account is in no workspace.
   * @throws `forbidden` where passwords are switched off, `authentication_failed` (unknown address and wrong password alike), `email_code_login_limit`, `account_banned`; with an invitation `already_activate`, `invitation_for_other_account`
   */
  login(request: LoginRequest): Promise<SessionTokens | undefined>
  /**
   * Signs in an account that has proven itself in another way. Undefined: it is in no workspace.
   * @throws `account_banned`, `unauthorized` where it is closed; with an invitation `already_activate`, `invitation_for_other_account`
   */
  enter(
    account: AccountRow,
    how: { readonly device: Device; readonly inviteToken?: string | null | undefined },
  ): Promise<SessionTokens | undefined>
  /** Who an access token belongs to, and where they are. @throws `unauthorized`, `account_banned`, `account_not_link_tenant` */
  authenticate(accessToken: string): Promise<SignedIn>
}

export interface LoginDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly cache: Cache
  readonly log: SignInLog
  readonly tokens: SessionTokenService
  readonly allowsPasswordLogin: boolean
  readonly maxFailures: number
  readonly lockoutSeconds: number
  /** Makes an account that has proven itself a member. @throws `already_activate`, `invitation_for_other_account` */
  readonly joinByInvitation: (account: AccountRow, token: string) => Promise<unknown>
}

export function createLoginService(dependencies: LoginDependencies): LoginService {
  const { db, clock, cache, tokens, log, maxFailures, lockoutSeconds } = dependencies
  const inTurn = createTurns()
  // The stored hash is part of the key: a password that is set anew, by whichever process, begins with no failures.
  const failuresKey = (email: string, account: AccountRow | undefined): string =>
    `login-failures:${email}:${createHash('sha256')
      .update(account?.password_hash ?? '')
      .digest('base64url')
      .slice(0, 16)}`
  const checkPassword = async (caller: Caller, key: string, account: AccountRow | undefined, password: string): Promise<AccountRow> => {
    if (Number((await cache.get(key)) ?? 0) > maxFailures) {
      log.refused(caller, 'locked')
      throw new AppError('email_code_login_limit', { retryAfterSeconds: lockoutSeconds })
    }
    const isRight = await verifyPassword(account?.password_hash ?? null, password)
    if (account && isRight) return account
    log.refused(caller, account ? 'wrong password' : 'unknown address')
    const failures = await cache.increment(key, 1, { ttlMs: lockoutSeconds * 1000 })
    if (failures === maxFailures + 1) log.locked(caller, failures)
    throw new AppError('authentication_failed')
  }
  const enter: LoginService['enter'] = async (account, { device, inviteToken }) => {
    const caller = { email: account.email, ip: device.ip, accountId: account.id }
    if (account.status === 'banned' || account.status === 'closed') log.refused(caller, account.status)
    assertUsable(account)
    log.signedIn(caller)
    if (inviteToken) await dependencies.joinByInvitation(account, inviteToken)
    if (!(await findCurrentMembership(db, account.id))) return undefined
    const now = clock.now()
    await updateAccount(db, account.id, { last_login_at: now, last_login_ip: device.ip.slice(0, 64), last_active_at: now })
    return tokens.issue(account.id, device)
  }
  return {
    async login({ email: given, password, device, inviteToken }) {
      const { ip } = device
      const email = given.toLowerCase()
      const found = await findAccountByEmail(db, email)
      const caller = { email, ip, accountId: found?.id }
      if (!dependencies.allowsPasswordLogin) {
        log.refused(caller, 'passwords are off')
        throw new AppError('forbidden', { message: 'Signing in by password is switched off (ENABLE_EMAIL_PASSWORD_LOGIN).' })
      }
      if (password === undefined) {
        log.refused(caller, 'unreadable password')
        throw new AppError('authentication_failed')
      }
      const key = failuresKey(email, found)
      // One after the other: tries at the same moment would all be let through by the count of before.
      const account = await inTurn(key, () => checkPassword(caller, key, found, password))
      if (account.password_hash !== null && needsRehash(account.password_hash)) {
        await updateAccount(db, account.id, { password_hash: await hashPassword(password) })
      }
      const session = await enter(account, { device, inviteToken })
      await cache.delete(key)
      return session
    },
    enter,
    async authenticate(accessToken) {
      const { account, sessionId } = await tokens.verifyAccess(accessToken)
      assertUsable(account)
      const membership = await findCurrentMembership(db, account.id)
      if (!membership) throw new AppError('account_not_link_tenant')
      return { account, membership, sessionId }
    },
  }
}

/** Lets work of the same key wait for each other, in this process. */
function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const result = (last.get(key) ?? Promise.resolve()).then(work)
    const done = result
      .catch(() => undefined)
      .then(() => {
        if (last.get(key) === done) last.delete(key)
      })
    last.set(key, done)
    return result
  }
}

function assertUsable(account: AccountRow): void {
  if (account.status === 'banned') throw new AppError('account_banned')
  if (account.status === 'closed') throw new AppError('unauthorized', { message: 'The account is closed.' })
}
