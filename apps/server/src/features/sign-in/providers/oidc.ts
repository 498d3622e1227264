import type { OidcSignIn } from '@trellis/config'
import { AppError } from '@trellis/contracts'
import type { Egress, Logger } from '@trellis/spec'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  fetchUserInfo,
  None,
} from 'openid-client'
import type { IdentityProvider } from './identity-provider.ts'
import { askService } from './service-failures.ts'

export interface ProviderDependencies {
  readonly egress: Egress
  readonly logger: Logger
}

/** Seconds for a request to the service. */
const TIMEOUT_SECONDS = 15

/** Google, and whoever else speaks OpenID Connect: found by discovery at the first visit, and again where that failed. */
export function createOidcProvider(config: OidcSignIn, { egress, logger }: ProviderDependencies): IdentityProvider {
  const { id, clientId, clientSecret, issuer } = config
  const context = { id, logger }
  // Google's reference has it in the body; whoever says nothing else takes it as the standard's default has it.
  const showSecret = id === 'google' ? ClientSecretPost : ClientSecretBasic
  const find = (): Promise<Configuration> =>
    discovery(new URL(issuer), clientId, {}, clientSecret === undefined ? None() : showSecret(clientSecret), {
      [customFetch]: (url, init) => egress.fetchFor('operator')(url, init as RequestInit), // the same but for the type of its body
      timeout: TIMEOUT_SECONDS,
      // The operator wrote http: into the settings, for a server of the house or of tests.
      execute: issuer.startsWith('http:') ? [allowInsecureRequests] : [],
    })
  let found: Promise<Configuration> | undefined
  const discover = (): Promise<Configuration> => {
    found ??= find().catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
  return {
    id,
    name: config.name,
    visit: ({ state, nonce, verifier }, redirectUri) =>
      askService(context, async () =>
        buildAuthorizationUrl(await discover(), {
          redirect_uri: redirectUri,
          scope: config.scope,
          state,
          nonce,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        }),
      ),
    identify: ({ state, nonce, verifier }, returned) =>
      askService(context, async () => {
        const client = await discover()
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
        const tokens = await authorizationCodeGrant(client, returned, checks)
        const claims = tokens.claims()
        if (!claims) throw new AppError('identity_service_failed')
        // Many tell the address only where it is asked for.
        const isTold = typeof claims['email'] === 'string' || client.serverMetadata().userinfo_endpoint === undefined
        const person = isTold ? claims : { ...claims, ...(await fetchUserInfo(client, tokens.access_token, claims.sub)) }
        return {
          subject: toSubject(id, client.serverMetadata().issuer, claims.sub),
          email: typeof person['email'] === 'string' ? person['email'] : '',
          isEmailVerified: isVerified(person['email_verified'], config.trustsEmail),
          name: typeof person['name'] === 'string' ? person['name'] : undefined,
        }
      }),
  }
}

/** Subjects are an issuer's own: at another, which the settings may name one day, the same one is somebody else. */
const toSubject = (id: OidcSignIn['id'], issuer: string, sub: string): string => (id === 'google' ? sub : `${sub} at ${issuer}`)

/** Some write the flag as text; some say nothing. */
const isVerified = (flag: unknown, trusts: boolean): boolean => (flag === undefined ? trusts : flag === true || flag === 'true')
