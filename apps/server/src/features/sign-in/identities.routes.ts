import { consoleOauthRoutes as routes, type SignInProviderId } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { Identities } from './identities.service.ts'
import type { IdentityProvider } from './providers/identity-provider.ts'
import type { ServiceVisits } from './service-visits.ts'

export interface IdentityRouteDependencies {
  readonly providers: ReadonlyMap<SignInProviderId, IdentityProvider>
  readonly identities: Identities
  readonly services: ServiceVisits
}

/** Which accounts of other services sign in to one's own. */
export function mountIdentityRoutes(mount: Mount, { providers, identities, services }: IdentityRouteDependencies): void {
  mount(routes.linkIdentity).to(async ({ actor, params, request, reply }) => ({
    url: await services.begin(request, reply, { provider: params.service, linksTo: actor.accountId }),
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
