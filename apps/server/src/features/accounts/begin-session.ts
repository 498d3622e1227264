import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SessionCookies } from './session-cookies.ts'
import type { SessionTokenService, SessionTokens } from './session-tokens.ts'

/**
 * Gives a browser the session of whoever has just signed in. The one that it had before ends on the server, too: its tokens are
 * overwritten, so nobody could sign out of it, and passports of pages for members hold as long as it does.
 *
 * No other site can end somebody's session by this. A sign-in that it sends brings no cookies of ours (`SameSite=Lax`), and none is taken
 * that is no JSON, which browsers do not send elsewhere unasked. A visit to a service comes back with cookies, but only one that was begun
 * in this browser, as the visitor's own account there; and their session would be gone from the browser in any case.
 */
export type BeginSession = (request: FastifyRequest, reply: FastifyReply, session: SessionTokens) => Promise<void>

export interface BeginSessionDependencies {
  readonly tokens: Pick<SessionTokenService, 'revoke'>
  readonly cookies: SessionCookies
}

export const createBeginSession =
  ({ tokens, cookies }: BeginSessionDependencies): BeginSession =>
  async (request, reply, session) => {
    const former = cookies.read(request, 'refresh_token')
    if (former) await tokens.revoke(former)
    cookies.set(reply, session)
  }
