import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { AppError, type ErrorCode } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { newId, randomToken } from '@trellis/kit'
import type { Cache, Clock, RateLimiter } from '@trellis/spec'
import { deriveKey } from '../secrets/index.ts'
import {
  type ChallengePurpose,
  type ChallengeRow,
  deleteChallenge,
  deleteChallengesExpiredBefore,
  deleteChallengesOfAccount,
  findChallenge,
  insertChallenge,
  markProven,
  spendTry,
} from './challenges.repository.ts'

/** For whom a challenge is, and what its purpose adds. */
export interface ChallengeSubject {
  readonly email: string
  readonly accountId?: string
  readonly details?: string
}

export interface CodeAttempt {
  readonly token: string
  readonly email: string
  readonly code: string
}

/** Codes by mail, and what they are traded for. Whoever asks is told nothing about whether an account has the address. */
export interface Challenges {
  /** A code to be mailed, and the token that must come back beside it. @throws the purpose's word for too many of them */
  issue(purpose: ChallengePurpose, subject: ChallengeSubject): Promise<{ readonly code: string; readonly token: string }>
  /** The right to go on without a code: for a link that somebody vouches for. It ends those of before. */
  vouch(purpose: ChallengePurpose, subject: ChallengeSubject & { readonly accountId: string; readonly lifetimeMs: number }): Promise<string>
  /** Trades a code, which works once, for the token of the next step. @throws `invalid_or_expired_token`, `invalid_email`, `email_code_error`, the purpose's word for too many wrong codes */
  prove(purpose: ChallengePurpose, attempt: CodeAttempt): Promise<{ readonly challenge: ChallengeRow; readonly token: string }>
  /** Uses up a proven token. @throws `invalid_or_expired_token` */
  take(purpose: ChallengePurpose, token: string): Promise<ChallengeRow>
  minutesOf(purpose: ChallengePurpose): number
  /** When a code of now is of no use any more. */
  expiryOf(purpose: ChallengePurpose): number
  cleanUp(): Promise<void>
}

export interface ChallengeDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly cache: Cache
  readonly rateLimiter: RateLimiter
  readonly secretKey: string
  readonly codes: Readonly<Record<ChallengePurpose, { readonly lifetimeMs: number; readonly lockoutMs: number }>>
}

const TOKEN_LENGTH = 40
const CODE_DIGITS = 6
const TRIES = 5
const MINUTE_MS = 60_000

/** How many letters an address gets, and the words of Dify's for too many of them and for too many wrong codes (runtime 8.3). */
const rules: Readonly<
  Record<
    ChallengePurpose,
    { readonly letters: { readonly limit: number; readonly windowMs: number }; readonly tooMany: ErrorCode; readonly locked: ErrorCode }
  >
> = {
  'sign-in': {
    letters: { limit: 3, windowMs: 5 * MINUTE_MS },
    tooMany: 'email_code_login_rate_limit_exceeded',
    locked: 'email_code_login_limit',
  },
  register: {
    letters: { limit: 1, windowMs: MINUTE_MS },
    tooMany: 'email_register_rate_limit_exceeded',
    locked: 'email_register_limit',
  },
  'reset-password': {
    letters: { limit: 1, windowMs: MINUTE_MS },
    tooMany: 'password_reset_rate_limit_exceeded',
    locked: 'email_password_reset_limit',
  },
  'change-email': { letters: { limit: 1, windowMs: MINUTE_MS }, tooMany: 'email_change_rate_limit_exceeded', locked: 'email_change_limit' },
  'delete-account': {
    letters: { limit: 1, windowMs: MINUTE_MS },
    tooMany: 'email_change_rate_limit_exceeded',
    locked: 'email_change_limit',
  },
  'transfer-ownership': {
    letters: { limit: 1, windowMs: MINUTE_MS },
    tooMany: 'owner_transfer_rate_limit_exceeded',
    locked: 'owner_transfer_limit',
  },
}

export function createChallenges({ db, clock, cache, rateLimiter, secretKey, codes }: ChallengeDependencies): Challenges {
  const key = deriveKey(secretKey, 'mailed-codes')
  const failuresKey = (purpose: ChallengePurpose, email: string): string => `code-failures:${purpose}:${email}`
  /** Of the row too: a code is worth nothing beside another token. */
  const hashCode = (id: string, code: string): string => createHmac('sha256', key).update(`${id}:${code}`).digest('hex')

  const insert = async (purpose: ChallengePurpose, subject: ChallengeSubject, { code, lifetimeMs }: NewChallenge): Promise<string> => {
    const token = randomToken(TOKEN_LENGTH)
    const id = newId()
    await insertChallenge(db, {
      id,
      purpose,
      token_hash: hashToken(token),
      code_hash: code === undefined ? null : hashCode(id, code),
      email: subject.email.toLowerCase(),
      account_id: subject.accountId ?? null,
      details: subject.details ?? null,
      failures: 0,
      expires_at: clock.now() + lifetimeMs,
      created_at: clock.now(),
    })
    return token
  }
  const find = async (purpose: ChallengePurpose, token: string, isProven: boolean): Promise<ChallengeRow> => {
    const row = await findChallenge(db, { purpose, tokenHash: hashToken(token) })
    if (!row || row.expires_at <= clock.now() || (row.code_hash === null) !== isProven) throw new AppError('invalid_or_expired_token')
    return row
  }
  /** A code is a million guesses at most: an address gets few tries, however many codes are asked for. */
  const assertNotLocked = async (purpose: ChallengePurpose, email: string): Promise<void> => {
    if (Number((await cache.get(failuresKey(purpose, email))) ?? 0) < TRIES) return
    const seconds = Math.ceil(codes[purpose].lockoutMs / 1000)
    throw new AppError(rules[purpose].locked, {
      message: 'Too many wrong codes. Please try again later.',
      // Dify has one word for too many wrong codes at signing in and for too many wrong passwords.
      refusal: purpose === 'sign-in' ? { reason: 'wrong_codes', values: { seconds } } : undefined,
      retryAfterSeconds: seconds,
    })
  }
  return {
    async issue(purpose, subject) {
      const { letters, tooMany } = rules[purpose]
      const hit = await rateLimiter.hit(`code-letters:${purpose}:${subject.email.toLowerCase()}`, letters)
      if (!hit.isAllowed) throw new AppError(tooMany, { retryAfterSeconds: Math.max(1, Math.ceil(hit.retryAfterMs / 1000)) })
      const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0')
      return { code, token: await insert(purpose, subject, { code, lifetimeMs: codes[purpose].lifetimeMs }) }
    },
    async vouch(purpose, subject) {
      await deleteChallengesOfAccount(db, subject.accountId, purpose)
      return insert(purpose, subject, { code: undefined, lifetimeMs: subject.lifetimeMs })
    },
    async prove(purpose, { token, email: given, code }) {
      const email = given.trim().toLowerCase()
      await assertNotLocked(purpose, email)
      const challenge = await find(purpose, token, false)
      if (challenge.email !== email) throw new AppError('invalid_email')
      if (!(await spendTry(db, challenge.id, TRIES))) throw new AppError('invalid_or_expired_token')
      if (!isSame(challenge.code_hash ?? '', hashCode(challenge.id, code.trim()))) {
        await cache.increment(failuresKey(purpose, email), 1, { ttlMs: codes[purpose].lockoutMs })
        throw new AppError('email_code_error')
      }
      const next = randomToken(TOKEN_LENGTH)
      const expiresAt = clock.now() + codes[purpose].lifetimeMs
      if (!(await markProven(db, { id: challenge.id, tokenHash: hashToken(next), expiresAt })))
        throw new AppError('invalid_or_expired_token')
      await cache.delete(failuresKey(purpose, email))
      return { challenge, token: next }
    },
    async take(purpose, token) {
      const challenge = await find(purpose, token, true)
      if (!(await deleteChallenge(db, challenge.id))) throw new AppError('invalid_or_expired_token')
      return challenge
    },
    minutesOf: (purpose) => Math.round(codes[purpose].lifetimeMs / MINUTE_MS),
    expiryOf: (purpose) => clock.now() + codes[purpose].lifetimeMs,
    cleanUp: () => deleteChallengesExpiredBefore(db, clock.now()),
  }
}

interface NewChallenge {
  readonly code: string | undefined
  readonly lifetimeMs: number
}

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
