import { createHash } from 'node:crypto'
import { AppError } from '@trellis/contracts'
import { type Db, inTransaction } from '@trellis/db'
import { createSignedTokens, newId, randomHex, type TokenClaims } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { type AccountRow, findAccountById, updateAccount } from './accounts.repository.ts'
import {
  deleteSessions,
  findAccountOfSession,
  findRefreshToken,
  insertRefreshToken,
  markRefreshTokenUsed,
  noteSeen,
  putSession,
} from './sessions.repository.ts'

export interface SessionTokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly csrfToken: string
}

export interface SessionTokenService {
  /** Opens a session for an account that has proven who it is. @throws `unauthorized` where the account is gone */
  issue(accountId: string, device: Device): Promise<SessionTokens>
  /** Trades a refresh token, which works once. A spent one ends the whole session: somebody else has it. @throws `unauthorized` */
  refresh(refreshToken: string, device: Device): Promise<SessionTokens>
  revoke(refreshToken: string): Promise<void>
  /** Who an access token belongs to: its session goes on, address and password are still those of its making. @throws `unauthorized` */
  verifyAccess(token: string): Promise<{ readonly account: AccountRow; readonly sessionId: string }>
  /** The account of a CSRF token; undefined where it is none. */
  verifyCsrf(token: string): Promise<string | undefined>
}

/** From where somebody is signed in, as far as a request tells. */
export interface Device {
  readonly ip: string
  readonly userAgent: string
}

const ACCESS_SUBJECT = 'Console API Passport'
const CREDENTIAL_CLAIM = 'credential'
const SESSION_CLAIM = 'session'
const MAX_USER_AGENT_LENGTH = 512
const MAX_IP_LENGTH = 64
const ISSUER = 'SELF_HOSTED'
const REFRESH_BYTES = 64
/** So often at most it is noted that somebody is there. */
const SEEN_AGAIN_MS = 60_000
/** Two tabs that refresh at once both succeed: within this time a spent token still works. */
const REUSE_GRACE_MS = 10_000

export interface SessionTokenDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly secretKey: string
  readonly accessLifetimeSeconds: number
  readonly refreshLifetimeSeconds: number
}

/** Tokens as Dify's clients know them (service-api 7.1): HS256 under the installation's secret. */
export function createSessionTokens(dependencies: SessionTokenDependencies): SessionTokenService {
  const { db, clock } = dependencies
  const signed = createSignedTokens(dependencies.secretKey)
  const sign = (claims: TokenClaims, lifetimeSeconds: number): string =>
    signed.sign({ ...claims, exp: Math.floor(clock.now() / 1000) + lifetimeSeconds })
  /** Within a transaction: the session and the token that renews it belong together. */
  const goOn = async (db: Db, accountId: string, familyId: string, device: Device): Promise<string> => {
    const refreshToken = randomHex(REFRESH_BYTES)
    const now = clock.now()
    await putSession(db, {
      id: familyId,
      account_id: accountId,
      user_agent: device.userAgent.slice(0, MAX_USER_AGENT_LENGTH),
      ip: device.ip.slice(0, MAX_IP_LENGTH),
      created_at: now,
      last_seen_at: now,
    })
    await insertRefreshToken(db, {
      token_hash: hashToken(refreshToken),
      account_id: accountId,
      family_id: familyId,
      used_at: null,
      expires_at: now + dependencies.refreshLifetimeSeconds * 1000,
      created_at: now,
    })
    return refreshToken
  }
  const signTokens = (account: AccountRow, familyId: string): Omit<SessionTokens, 'refreshToken'> => ({
    accessToken: sign(
      { user_id: account.id, iss: ISSUER, sub: ACCESS_SUBJECT, [CREDENTIAL_CLAIM]: fingerprintOf(account), [SESSION_CLAIM]: familyId },
      dependencies.accessLifetimeSeconds,
    ),
    csrfToken: sign({ sub: account.id }, dependencies.accessLifetimeSeconds),
  })
  return {
    async issue(accountId, device) {
      const account = await findAccountById(db, accountId)
      if (!account) throw accountGone()
      const familyId = newId()
      const refreshToken = await inTransaction(db, (db) => goOn(db, accountId, familyId, device))
      return { ...signTokens(account, familyId), refreshToken }
    },
    async refresh(refreshToken, device) {
      const row = await findRefreshToken(db, hashToken(refreshToken))
      if (!row || row.expires_at <= clock.now()) throw sessionEnded()
      if (row.used_at !== null && clock.now() - row.used_at > REUSE_GRACE_MS) {
        await deleteSessions(db, row.account_id, { ids: [row.family_id] })
        throw new AppError('unauthorized', { message: 'This session was used twice and has been ended. Sign in again.' })
      }
      const account = await findAccountById(db, row.account_id)
      if (!account || account.status === 'banned' || account.status === 'closed') {
        throw new AppError('unauthorized', { message: 'The account of this session is closed.' })
      }
      const successor = await inTransaction(db, async (db) => {
        // The session first, as whoever ends it does: what is made here is then seen by them.
        const successor = await goOn(db, row.account_id, row.family_id, device)
        // Deleted meanwhile: the session was ended (a new password, a sign-out), and must not outlive that.
        if (!(await markRefreshTokenUsed(db, row.token_hash, clock.now()))) throw sessionEnded()
        await updateAccount(db, row.account_id, { last_active_at: clock.now() })
        return successor
      })
      return { ...signTokens(account, row.family_id), refreshToken: successor }
    },
    async revoke(refreshToken) {
      const row = await findRefreshToken(db, hashToken(refreshToken))
      if (row) await deleteSessions(db, row.account_id, { ids: [row.family_id] })
    },
    async verifyAccess(token) {
      const claims = signed.read(token, clock.now())
      const accountId = claims?.['user_id']
      if (claims?.['sub'] !== ACCESS_SUBJECT || typeof accountId !== 'string' || 'token_source' in claims) {
        throw new AppError('unauthorized', { message: 'Invalid Authorization token.' })
      }
      const sessionId = claims[SESSION_CLAIM]
      const found = typeof sessionId === 'string' && (await findAccountOfSession(db, { sessionId, accountId }))
      if (!found || claims[CREDENTIAL_CLAIM] !== fingerprintOf(found)) throw sessionEnded()
      const { last_seen_at: seenAt, ...account } = found
      // Nobody is kept waiting for a note, or sent away for want of one.
      if (clock.now() - seenAt >= SEEN_AGAIN_MS) void noteSeen(db, { sessionId, accountId }, clock.now()).catch(() => undefined)
      return { account, sessionId }
    },
    async verifyCsrf(token) {
      const claims = signed.read(token, clock.now())
      const accountId = claims?.['sub']
      return claims && typeof accountId === 'string' && !('user_id' in claims) ? accountId : undefined
    },
  }
}

/** Changes with what one signs in by: tokens from before a new password or address end with it, not an hour later. */
export const fingerprintOf = ({ email, password_hash }: AccountRow): string =>
  createHash('sha256')
    .update(`${email}\n${password_hash ?? ''}`)
    .digest('base64url')
    .slice(0, 22)

const sessionEnded = (): AppError => new AppError('unauthorized', { message: 'The session has ended. Sign in again.' })
const accountGone = (): AppError => new AppError('unauthorized', { message: 'The account of this session is gone.' })

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
