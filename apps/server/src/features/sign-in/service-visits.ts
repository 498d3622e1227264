import { AppError, type SignInProviderId } from '@trellis/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requestOrigin } from '../../http/request-origin.ts'
import type { Admissions } from '../accounts/index.ts'
import type { Identities } from './identities.service.ts'
import type { IdentityProvider } from './providers/identity-provider.ts'
import type { NewVisit, Visit, Visits } from './visits.ts'

export interface ServiceVisitDependencies {
  readonly providers: ReadonlyMap<SignInProviderId, IdentityProvider>
  readonly visits: Visits
  readonly identities: Identities
  readonly admit: Admissions['admit']
  /** Public addresses with their base paths; undefined: where the caller is. */
  readonly urls: { readonly consoleApi: string | undefined; readonly consoleWeb: string | undefined }
}

export interface ServiceVisits {
  /** @throws `not_found` where it is not configured */
  getProvider(id: SignInProviderId): IdentityProvider
  /** Where the browser is to go. @throws `not_found`, `identity_service_failed` */
  begin(request: FastifyRequest, reply: FastifyReply, visit: Omit<NewVisit, 'redirectUri'>): Promise<string>
  /** Signs in, or links, whoever came back; answers the path to go on to. */
  arrive(visit: Visit, request: FastifyRequest, reply: FastifyReply): Promise<string>
}

export const ACCOUNT_PAGE = '/settings/account'

export function createServiceVisits({ providers, visits, identities, admit, urls }: ServiceVisitDependencies): ServiceVisits {
  const getProvider = (id: SignInProviderId): IdentityProvider => {
    const provider = providers.get(id)
    if (!provider) throw new AppError('not_found', { message: `Signing in by ${id} is not configured.` })
    return provider
  }
  return {
    getProvider,
    async begin(request, reply, visit) {
      const provider = getProvider(visit.provider)
      const redirectUri = `${urls.consoleApi ?? requestOrigin(request)}/console/api/oauth/authorize/${provider.id}`
      const checks = visits.begin(reply, { ...visit, redirectUri })
      return (await provider.visit(checks, redirectUri)).href
    },
    async arrive(visit, request, reply) {
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
    },
  }
}
