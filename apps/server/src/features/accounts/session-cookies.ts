import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SessionTokens } from './session-tokens.ts'

export interface SessionCookieOptions {
  /** Both console addresses are https: cookies are `Secure`. */
  readonly isSecure: boolean
  readonly domain: string | undefined
  /** The base path of the product, or `/`. */
  readonly path: string
  readonly accessLifetimeSeconds: number
  readonly refreshLifetimeSeconds: number
}

type CookieName = 'access_token' | 'refresh_token' | 'csrf_token'

/** The three cookies of a console session (service-api 7.1). */
export interface SessionCookies {
  set(reply: FastifyReply, tokens: SessionTokens): void
  clear(reply: FastifyReply): void
  read(request: FastifyRequest, name: CookieName): string | undefined
}

export function createSessionCookies(options: SessionCookieOptions): SessionCookies {
  const prefix = options.isSecure && options.domain === undefined ? securePrefix(options.path) : ''
  const attributes = {
    path: options.path,
    sameSite: 'lax',
    secure: options.isSecure,
    ...(options.domain === undefined ? {} : { domain: options.domain }),
  } as const
  return {
    set(reply, tokens) {
      const access = { ...attributes, maxAge: options.accessLifetimeSeconds }
      reply.setCookie(`${prefix}access_token`, tokens.accessToken, { ...access, httpOnly: true })
      reply.setCookie(`${prefix}refresh_token`, tokens.refreshToken, {
        ...attributes,
        maxAge: options.refreshLifetimeSeconds,
        httpOnly: true,
      })
      // Read by the page, which repeats it in a header.
      reply.setCookie(`${prefix}csrf_token`, tokens.csrfToken, access)
    },
    clear(reply) {
      for (const name of ['access_token', 'refresh_token', 'csrf_token']) reply.clearCookie(prefix + name, attributes)
    },
    read: (request, name) => request.cookies[prefix + name],
  }
}

/** Browsers take `__Host-` for a whole host only; beside other products, ours go to our own paths. */
const securePrefix = (path: string): string => (path === '/' ? '__Host-' : '__Secure-')
