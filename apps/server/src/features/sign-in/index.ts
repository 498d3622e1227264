import type { SignInProviderConfig } from '@trellis/config'
import type { Mount } from '../../http/mount.ts'
import type { Accounts } from '../accounts/index.ts'
import { mountIdentityRoutes } from './identities.routes.ts'
import { createIdentities, type IdentityDependencies } from './identities.service.ts'
import { mountOauthRoutes } from './oauth.routes.ts'
import { createGithubProvider } from './providers/github.ts'
import { createOidcProvider, type ProviderDependencies } from './providers/oidc.ts'
import { createServiceVisits, type ServiceVisitDependencies } from './service-visits.ts'
import { createVisits, type VisitDependencies } from './visits.ts'

export interface SignInDependencies extends IdentityDependencies, ProviderDependencies, VisitDependencies {
  readonly providers: readonly SignInProviderConfig[]
  readonly accounts: Pick<Accounts, 'admit' | 'setup'>
  readonly urls: ServiceVisitDependencies['urls']
}

/** Signing in by accounts of other services: GitHub, Google, any OpenID Connect provider. */
export interface SignIn {
  mountRoutes(mount: Mount): void
}

export function createSignIn(dependencies: SignInDependencies): SignIn {
  const { accounts, urls, logger } = dependencies
  const made = dependencies.providers.map((config) =>
    config.id === 'github' ? createGithubProvider(config, dependencies) : createOidcProvider(config, dependencies),
  )
  const providers = new Map(made.map((provider) => [provider.id, provider]))
  const visits = createVisits(dependencies)
  const identities = createIdentities(dependencies)
  const services = createServiceVisits({ providers, visits, identities, admit: accounts.admit, urls })
  const isSetUp = async (): Promise<boolean> => (await accounts.setup.findSetupTime()) !== undefined
  return {
    mountRoutes(mount) {
      mountOauthRoutes(mount, { services, visits, isSetUp, logger, consoleWebUrl: urls.consoleWeb })
      mountIdentityRoutes(mount, { providers, identities, services })
    },
  }
}

export { deleteIdentitiesOf } from './identities.repository.ts'
