import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** Somebody with an account at the service. */
export interface OidcPerson {
  readonly sub: string
  readonly email: string
  readonly email_verified?: boolean
  readonly name?: string
}

/** An OpenID Connect provider on loopback: the package `oidc-provider`, in which everybody who comes is the same person at once. */
export interface FakeOidc {
  readonly issuer: string
  /** What Trellis is told to sign in by it. */
  readonly env: Readonly<Record<string, string>>
  /** Lets Trellis have its people; before the first visit. */
  register(redirectUri: string): void
  /** Who comes from now on; undefined: they do not consent. */
  be(person: OidcPerson | undefined): void
  close(): Promise<void>
}

const CLIENT = { client_id: 'trellis', client_secret: 'a secret of the client, for tests only' }

export async function startFakeOidc(): Promise<FakeOidc> {
  const people = new Map<string, OidcPerson>()
  let person: OidcPerson | undefined
  let provider: Provider | undefined
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'one' } as const
  const server = createServer((request, response) => {
    if (!provider) return void response.writeHead(503).end()
    if (!request.url?.startsWith('/interaction/')) return void provider.callback()(request, response)
    const result = person ? { login: { accountId: person.sub } } : { error: 'access_denied' }
    void provider.interactionFinished(request, response, result)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's is never a text
  const issuer = `http://127.0.0.1:${port}`
  return {
    issuer,
    env: {
      ENABLE_SOCIAL_OAUTH_LOGIN: 'true',
      OIDC_ISSUER_URL: issuer,
      OIDC_CLIENT_ID: CLIENT.client_id,
      OIDC_CLIENT_SECRET: CLIENT.client_secret,
      OIDC_NAME: 'House',
    },
    register(redirectUri) {
      provider = new Provider(issuer, {
        jwks: { keys: [key] },
        clients: [{ ...CLIENT, redirect_uris: [redirectUri], grant_types: ['authorization_code'], response_types: ['code'] }],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        cookies: { keys: ['for tests'] },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_, { uid }) => `/interaction/${uid}` },
        findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
        ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
        pkce: { required: () => true },
        async loadExistingGrant({ oidc }) {
          const grant = new oidc.provider.Grant({ clientId: CLIENT.client_id, accountId: oidc.session?.accountId ?? '' })
          grant.addOIDCScope('openid email profile')
          await grant.save()
          return grant
        },
      })
    },
    be(next) {
      person = next
      if (next) people.set(next.sub, next)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
