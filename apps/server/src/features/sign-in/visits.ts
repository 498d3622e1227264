import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError, signInProviderId } from '@trellis/contracts'
import type { Cache, Clock } from '@trellis/spec'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { deriveKey, SealError, seal, unseal } from '../secrets/index.ts'
import type { VisitChecks } from './providers/identity-provider.ts'

const visitSchema = z.object({
  provider: signInProviderId,
  checks: z.object({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  /** Where the service sends the browser back to. */
  redirectUri: z.string(),
  expiresAt: z.number(),
  /** Path within the console to go on to. */
  path: z.string().optional(),
  inviteToken: z.string().optional(),
  language: z.string().optional(),
  timezone: z.string().optional(),
  /** The account that gets the identity; undefined: somebody signs in. */
  linksTo: z.string().optional(),
})
/** A visit of a browser to a service, from the button until the service sends it back. */
export type Visit = z.infer<typeof visitSchema>
export type NewVisit = Pick<Visit, 'provider' | 'redirectUri' | 'path' | 'inviteToken' | 'language' | 'timezone' | 'linksTo'>

export interface Visits {
  /** Binds a visit to the browser; a second one takes the place of the first. */
  begin(reply: FastifyReply, visit: NewVisit): VisitChecks
  /** The visit of this browser with this state, once. @throws `sign_in_interrupted` */
  end(
    request: FastifyRequest,
    reply: FastifyReply,
    returned: { readonly provider: string; readonly state: string | undefined },
  ): Promise<Visit>
}

export interface VisitDependencies {
  readonly cache: Cache
  readonly clock: Clock
  readonly secretKey: string
  readonly cookies: { readonly isSecure: boolean; readonly path: string }
}

const PURPOSE = 'sign-in-visit'
const LIFETIME_MS = 10 * 60_000
const SECRET_BYTES = 32

/**
 * What is known of a visit travels in a sealed cookie: nothing is stored until somebody comes back, and who began elsewhere has no cookie.
 * `Lax` lets it come along from the service; where the whole host is ours, its name keeps other hosts of the domain from setting it.
 */
export function createVisits({ cache, clock, secretKey, cookies }: VisitDependencies): Visits {
  const key = deriveKey(secretKey, PURPOSE)
  const prefix = cookies.isSecure ? (cookies.path === '/' ? '__Host-' : '__Secure-') : ''
  const name = `${prefix}sign_in_visit`
  const attributes = { path: cookies.path, secure: cookies.isSecure, httpOnly: true, sameSite: 'lax' } as const
  const read = (request: FastifyRequest): Visit | undefined => {
    const sealed = request.cookies[name]
    if (!sealed) return undefined
    try {
      return visitSchema.parse(JSON.parse(unseal(key, sealed, PURPOSE)))
    } catch (error) {
      if (error instanceof SealError) return undefined
      throw error
    }
  }
  return {
    begin(reply, visit) {
      const checks = { state: randomSecret(), nonce: randomSecret(), verifier: randomSecret() }
      const whole = { ...visit, checks, expiresAt: clock.now() + LIFETIME_MS }
      reply.setCookie(name, seal(key, JSON.stringify(whole), PURPOSE), { ...attributes, maxAge: LIFETIME_MS / 1000 })
      return checks
    },
    async end(request, reply, { provider, state }) {
      const visit = read(request)
      reply.clearCookie(name, attributes)
      if (!visit || visit.provider !== provider || visit.expiresAt <= clock.now() || !isSame(visit.checks.state, state ?? '')) {
        throw new AppError('sign_in_interrupted')
      }
      // A copy of the cookie is worth nothing once the visit has ended.
      const isFirst = await cache.setIfAbsent(`sign-in-visit:${hash(visit.checks.state).toString('hex')}`, '1', { ttlMs: LIFETIME_MS })
      if (!isFirst) throw new AppError('sign_in_interrupted')
      return visit
    },
  }
}

const randomSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url')
const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
const isSame = (one: string, other: string): boolean => timingSafeEqual(hash(one), hash(other))
