import { AppError, type SignInProviderId, consoleOauthRoutes as routes } from '@trellis/contracts'
import type { Logger } from '@trellis/spec'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { handled, type Mount } from '../../http/mount.ts'
import { requestOrigin } from '../../http/request-origin.ts'
import type { Admit } from '../accounts/index.ts'
import { readConsolePath } from './console-path.ts'
import type { Identities } from './identities.service.ts'
import type { IdentityProvider } from './providers/identity-provider.ts'
import type { NewVisit, Visit, Visits } from './visits.ts'

export interface OauthRouteDependencies {
  readonly providers: ReadonlyMap<SignInProviderId, IdentityProvider>
  readonly visits: Visits
  readonly identities: Identities
  readonly admit: Admit
  readonly isSetUp: () => Promise<boolean>
  readonly logger: Logger
  /** Public addresses with their base paths; undefined: where the caller is. */
  readonly urls: { readonly consoleApi: string | undefined; readonly consoleWeb: string | undefined }
}

const ACCOUNT_PAGE = '/settings/account'

/** Signing in, and linking an account, by a visit of the browser to another service. */
export function mountOauthRoutes(mount: Mount, dependencies: OauthRouteDependencies): void {
  const { providers, visits, identities, admit, isSetUp, logger, urls } = dependencies
  const getProvider = (id: SignInProviderId): IdentityProvider => {
    const provider = providers.get(id)
    if (!provider) throw new AppError('not_found', { message: `Signing in by ${id} is not configured.` })
    return provider
  }
  const callbackOf = (request: FastifyRequest, id: SignInProviderId): string =>
    `${urls.consoleApi ?? requestOrigin(request)}/console/api/oauth/authorize/${id}`
  const goTo = (request: FastifyRequest, reply: FastifyReply, path: string): typeof handled => {
    // Pages that the browser keeps would answer for a visit that has ended.
    void reply.header('cache-control', 'no-store').redirect(`${urls.consoleWeb ?? requestOrigin(request)}${path}`, 302)
    return handled
  }
  const fail = (code: string, visit: Pick<Visit, 'path' | 'linksTo'> | undefined): string => {
    const search = new URLSearchParams({ failed: code })
    if (visit?.linksTo) return `${ACCOUNT_PAGE}?${search}`
    if (visit?.path) search.set('redirect', visit.path)
    return `/signin?${search}`
  }
  const begin = async (request: FastifyRequest, reply: FastifyReply, visit: Omit<NewVisit, 'redirectUri'>): Promise<string> => {
    const redirectUri = callbackOf(request, visit.provider)
    const checks = visits.begin(reply, { ...visit, redirectUri })
    return (await getProvider(visit.provider).visit(checks, redirectUri)).href
  }
  /** Where to go on, once the service has said who it is. */
  const arrive = async (visit: Visit, request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    const returned = new URL(visit.redirectUri)
    returned.search = new URL(request.url, returned).search
    const identity = await getProvider(visit.provider).identify(visit.checks, returned)
    if (visit.linksTo !== undefined) {
      await identities.link(visit.provider, identity, visit.linksTo)
      return ACCOUNT_PAGE
    }
    const account = await identities.recognise(visit.provider, identity)
    const { language, timezone, inviteToken } = visit
    const email = account?.email ?? identity.email
    const admission = await admit({ request, reply, email, name: identity.name, language, timezone, inviteToken })
    if (!account) await identities.recognise(visit.provider, identity)
    return admission.result === 'success' ? (visit.path ?? '/apps') : '/signin?homeless=true'
  }

  mount(routes.startSignIn).to(async ({ params, query, request, reply }) => {
    getProvider(params.service)
    if (!(await isSetUp())) return goTo(request, reply, '/install')
    const path = readConsolePath(query.redirect)
    const { invite_token: inviteToken, language, timezone } = query
    try {
      const url = await begin(request, reply, { provider: params.service, path, inviteToken, language, timezone })
      void reply.header('cache-control', 'no-store').redirect(url, 302)
      return handled
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return goTo(request, reply, fail(error.code, { path }))
    }
  })
  mount(routes.finishSignIn).to(async ({ params, query, request, reply }) => {
    getProvider(params.service)
    let visit: Visit | undefined
    try {
      visit = await visits.end(request, reply, { provider: params.service, state: query.state })
      return goTo(request, reply, await arrive(visit, request, reply))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      logger.info({ provider: params.service, reason: error.code, ip: request.ip }, 'A sign-in by another service was refused')
      return goTo(request, reply, fail(error.code, visit))
    }
  })
  mount(routes.linkIdentity).to(async ({ actor, params, request, reply }) => ({
    url: await begin(request, reply, { provider: params.service, linksTo: actor.accountId }),
  }))
  mount(routes.listIdentities).to(async ({ actor }) => {
    const rows = new Map((await identities.listOf(actor.accountId)).map((row) => [row.provider, row]))
    return {
      data: [...providers.values()].map(({ id, name }) => {
        const row = rows.get(id)
        return {
          provider: id,
          name,
          is_bound: row !== undefined,
          email: row?.email ?? null,
          created_at: row ? Math.floor(row.created_at / 1000) : null,
        }
      }),
    }
  })
  mount(routes.unlinkIdentity).to(async ({ actor, params }) => {
    await identities.unlink(params.service, actor.accountId)
    return { result: 'success' }
  })
}
