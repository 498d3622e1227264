import type { SignInProviderConfig } from '@trellis/config'
import type { Mount } from '../../http/mount.ts'
import type { Accounts } from '../accounts/index.ts'
import { createIdentities, type IdentityDependencies } from './identities.service.ts'
import { mountOauthRoutes, type OauthRouteDependencies } from './oauth.routes.ts'
import { createGithubProvider } from './providers/github.ts'
import { createOidcProvider, type ProviderDependencies } from './providers/oidc.ts'
import { createVisits, type VisitDependencies } from './visits.ts'

export interface SignInDependencies extends IdentityDependencies, ProviderDependencies, VisitDependencies {
  readonly providers: readonly SignInProviderConfig[]
  readonly accounts: Pick<Accounts, 'admit' | 'setup'>
  readonly urls: OauthRouteDependencies['urls']
}

/** Signing in by accounts of other services: GitHub, Google, any OpenID Connect provider. */
export interface SignIn {
  mountRoutes(mount: Mount): void
}

export function createSignIn(dependencies: SignInDependencies): SignIn {
  const { accounts } = dependencies
  const providers = dependencies.providers.map((config) =>
    config.id === 'github' ? createGithubProvider(config, dependencies) : createOidcProvider(config, dependencies),
  )
  return {
    mountRoutes: (mount) =>
      mountOauthRoutes(mount, {
        ...dependencies,
        providers: new Map(providers.map((provider) => [provider.id, provider])),
        visits: createVisits(dependencies),
        identities: createIdentities(dependencies),
        admit: accounts.admit,
        isSetUp: async () => (await accounts.setup.findSetupTime()) !== undefined,
      }),
  }
}
