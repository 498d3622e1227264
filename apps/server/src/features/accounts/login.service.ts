import { createHash } from 'node:crypto'
import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Cache, Clock } from '@trellis/spec'
import {
  type AccountRow,
  findAccountByEmail,
  findAccountById,
  findCurrentMembership,
  type Membership,
  updateAccount,
} from './accounts.repository.ts'
import { hashPassword, needsRehash, verifyPassword } from './passwords.ts'
import type { SessionTokenService, SessionTokens } from './session-tokens.ts'

export interface LoginRequest {
  readonly email: string
  readonly password: string
  readonly ip: string
}

export interface SignedIn {
  readonly account: AccountRow
  readonly membership: Membership
}

export interface LoginService {
  /**
   * Signs in by password. Undefined: the account is in no workspace.
   * @throws `authentication_failed` (unknown address and wrong password alike), `email_code_login_limit`, `account_banned`
   */
  login(request: LoginRequest): Promise<SessionTokens | undefined>
  /** Who an access token belongs to, and where they are. @throws `unauthorized`, `account_banned`, `account_not_link_tenant` */
  authenticate(accessToken: string): Promise<SignedIn>
}

export interface LoginDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly cache: Cache
  readonly tokens: SessionTokenService
  readonly maxFailures: number
  readonly lockoutSeconds: number
}

export function createLoginService({ db, clock, cache, tokens, maxFailures, lockoutSeconds }: LoginDependencies): LoginService {
  // The stored hash is part of the key: a password that is set anew, by whichever process, begins with no failures.
  const failuresKey = (email: string, account: AccountRow | undefined): string =>
    `login-failures:${email}:${createHash('sha256')
      .update(account?.password_hash ?? '')
      .digest('base64url')
      .slice(0, 16)}`
  const refuse = async (key: string): Promise<never> => {
    await cache.increment(key, 1, { ttlMs: lockoutSeconds * 1000 })
    throw new AppError('authentication_failed')
  }
  return {
    async login({ email: given, password, ip }) {
      const email = given.toLowerCase()
      const account = await findAccountByEmail(db, email)
      const key = failuresKey(email, account)
      if (Number((await cache.get(key)) ?? 0) > maxFailures) {
        throw new AppError('email_code_login_limit', { retryAfterSeconds: lockoutSeconds })
      }
      const isRight = await verifyPassword(account?.password_hash ?? null, password)
      if (!account || !isRight) return refuse(key)
      assertUsable(account)
      await cache.delete(key)
      const membership = await findCurrentMembership(db, account.id)
      if (!membership) return undefined
      const isOldHash = account.password_hash !== null && needsRehash(account.password_hash)
      await updateAccount(db, account.id, {
        last_login_at: clock.now(),
        last_login_ip: ip.slice(0, 64),
        last_active_at: clock.now(),
        ...(isOldHash ? { password_hash: await hashPassword(password) } : {}),
      })
      return tokens.issue(account.id)
    },
    async authenticate(accessToken) {
      const account = await findAccountById(db, await tokens.verifyAccess(accessToken))
      if (!account) throw new AppError('unauthorized', { message: 'The account of this session is gone.' })
      assertUsable(account)
      const membership = await findCurrentMembership(db, account.id)
      if (!membership) throw new AppError('account_not_link_tenant')
      return { account, membership }
    },
  }
}

function assertUsable(account: AccountRow): void {
  if (account.status === 'banned') throw new AppError('account_banned')
  if (account.status === 'closed') throw new AppError('unauthorized', { message: 'The account is closed.' })
}
