import type { GithubSignIn } from '@trellis/config'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
} from 'openid-client'
import { z } from 'zod'
import type { IdentityProvider } from './identity-provider.ts'
import type { ProviderDependencies } from './oidc.ts'
import { askService } from './service-failures.ts'

const userSchema = z.object({ id: z.number().int(), login: z.string(), name: z.string().nullish() })
const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))

const MAX_RESPONSE_BYTES = 1_048_576
const TIMEOUT_MS = 15_000

/**
 * GitHub speaks OAuth without OpenID: who came is asked of its API.
 * Source: docs.github.com, "Authorizing OAuth apps", "Get the authenticated user", "List email addresses for the authenticated user".
 */
export function createGithubProvider(config: GithubSignIn, { egress, logger }: ProviderDependencies): IdentityProvider {
  const { id, url, apiUrl } = config
  const context = { id, logger }
  const server = {
    issuer: url,
    authorization_endpoint: `${url}/login/oauth/authorize`,
    token_endpoint: `${url}/login/oauth/access_token`,
  }
  const client = new Configuration(server, config.clientId, {}, ClientSecretPost(config.clientSecret))
  client[customFetch] = (target, init) => egress.fetchFor('operator')(target, init as RequestInit) // the same but for the type of its body
  client.timeout = TIMEOUT_MS / 1000
  if (url.startsWith('http:')) allowInsecureRequests(client)
  const ask = async <T>(path: string, token: string, schema: z.ZodType<T>): Promise<T> => {
    const response = await egress.request({
      url: apiUrl + path,
      policy: 'operator',
      headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${token}`, 'user-agent': 'trellis' },
      headersTimeoutMs: TIMEOUT_MS,
      idleTimeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_RESPONSE_BYTES,
    })
    if (response.status !== 200) throw new TypeError(`GitHub answered ${response.status} to ${path}.`)
    return schema.parse(JSON.parse(await response.text()))
  }
  return {
    id,
    name: config.name,
    visit: ({ state, verifier }, redirectUri) =>
      askService(context, async () =>
        buildAuthorizationUrl(client, {
          redirect_uri: redirectUri,
          scope: 'read:user user:email',
          state,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        }),
      ),
    identify: ({ state, verifier }, returned) =>
      askService(context, async () => {
        const { access_token: token } = await authorizationCodeGrant(client, returned, { expectedState: state, pkceCodeVerifier: verifier })
        const user = await ask('/user', token, userSchema)
        const emails = await ask('/user/emails', token, emailsSchema)
        // What the profile shows may be anybody's: only the list tells what was confirmed.
        const address = emails.find(({ primary }) => primary)
        return {
          subject: String(user.id),
          email: address?.email ?? '',
          isEmailVerified: address?.verified === true,
          name: user.name ?? user.login,
        }
      }),
  }
}
