import { AppError, consoleOauthRoutes as routes } from '@trellis/contracts'
import type { Logger } from '@trellis/spec'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { handled, type Mount } from '../../http/mount.ts'
import { requestOrigin } from '../../http/request-origin.ts'
import { readConsolePath } from './console-path.ts'
import { ACCOUNT_PAGE, type ServiceVisits } from './service-visits.ts'
import type { Visit, Visits } from './visits.ts'

export interface OauthRouteDependencies {
  readonly services: ServiceVisits
  readonly visits: Visits
  readonly isSetUp: () => Promise<boolean>
  readonly logger: Logger
  readonly consoleWebUrl: string | undefined
}

/** Signing in by a visit of the browser to another service. */
export function mountOauthRoutes(mount: Mount, { services, visits, isSetUp, logger, consoleWebUrl }: OauthRouteDependencies): void {
  const send = (reply: FastifyReply, url: string): typeof handled => {
    // A redirect that the browser keeps would answer for a visit that has ended.
    void reply.header('cache-control', 'no-store').redirect(url, 302)
    return handled
  }
  const goTo = (request: FastifyRequest, reply: FastifyReply, path: string): typeof handled =>
    send(reply, (consoleWebUrl ?? requestOrigin(request)) + path)

  mount(routes.startSignIn).to(async ({ params, query, request, reply }) => {
    services.getProvider(params.service)
    if (!(await isSetUp())) return goTo(request, reply, '/install')
    const path = readConsolePath(query.redirect)
    const { invite_token: inviteToken, language, timezone } = query
    try {
      return send(reply, await services.begin(request, reply, { provider: params.service, path, inviteToken, language, timezone }))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return goTo(request, reply, toFailure(error.code, { path }))
    }
  })
  mount(routes.finishSignIn).to(async ({ params, query, request, reply }) => {
    services.getProvider(params.service)
    let visit: Visit | undefined
    try {
      visit = await visits.end(request, reply, { provider: params.service, state: query.state })
      return goTo(request, reply, await services.arrive(visit, request, reply))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      logger.info({ provider: params.service, reason: error.code, ip: request.ip }, 'A sign-in by another service was refused')
      return goTo(request, reply, toFailure(error.code, visit))
    }
  })
}

/** The page that tells what went wrong. */
function toFailure(code: string, visit: Pick<Visit, 'path' | 'linksTo'> | undefined): string {
  const search = new URLSearchParams({ failed: code })
  if (visit?.linksTo) return `${ACCOUNT_PAGE}?${search}`
  if (visit?.path) search.set('redirect', visit.path)
  return `/signin?${search}`
}
