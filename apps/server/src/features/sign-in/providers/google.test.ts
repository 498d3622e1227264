import { createHash } from 'node:crypto'
import { loadConfig, type OidcSignIn } from '@trellis/config'
import { type Egress, silentLogger } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import type { IdentityProvider } from './identity-provider.ts'
import { createOidcProvider } from './oidc.ts'

const client = { id: '1.apps.googleusercontent.com', secret: 'GOCSPX-secret' }
const back = 'https://team.example.org/console/api/oauth/authorize/google'
const checks = { state: 'a state', nonce: 'a nonce', verifier: 'a verifier, long enough for whoever looks at its length' }

/** Source: accounts.google.com/.well-known/openid-configuration; developers.google.com, "OpenID Connect". */
const discovery = {
  issuer: 'https://accounts.google.com',
  authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  token_endpoint: 'https://oauth2.googleapis.com/token',
  userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
  jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
  response_types_supported: ['code', 'token', 'id_token', 'none'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid', 'email', 'profile'],
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  code_challenge_methods_supported: ['plain', 'S256'],
}

const person = { sub: '110169484474386276334', email: 'ada@gmail.com', email_verified: true, name: 'Ada Lovelace' }

interface Google {
  readonly provider: IdentityProvider
  /** The addresses that it was asked at. */
  readonly asked: readonly string[]
}

/** Google's answers at Google's addresses. Its one code is for whoever has the verifier. */
function openGoogle(claims: object = {}): Google {
  const asked: string[] = []
  const answer = async (request: Request): Promise<Response> => {
    asked.push(request.url)
    if (request.url === 'https://accounts.google.com/.well-known/openid-configuration') return Response.json(discovery)
    const form = new URLSearchParams(await request.text())
    const isClient = form.get('client_id') === client.id && form.get('client_secret') === client.secret
    const isProven = form.get('code') === 'a code' && form.get('code_verifier') === checks.verifier && form.get('redirect_uri') === back
    if (!isClient || !isProven) return Response.json({ error: 'invalid_grant' }, { status: 400 })
    return Response.json({ access_token: 'ya29.token', expires_in: 3599, scope: 'openid', token_type: 'Bearer', id_token: idToken(claims) })
  }
  const egress: Egress = {
    request: () => Promise.reject(new TypeError('Google is asked by the library')),
    fetchFor: () => (input, init) => answer(new Request(input, init)),
  }
  return { provider: createOidcProvider(readConfig(), { egress, logger: silentLogger }), asked }
}

/** Its signature is not looked at: it comes from Google itself, over TLS (OpenID Connect Core, 3.1.3.7, 6). */
function idToken(claims: object): string {
  const now = Math.floor(Date.now() / 1000)
  const times = { iat: now, exp: now + 3600 }
  const payload = { iss: discovery.issuer, azp: client.id, aud: client.id, nonce: checks.nonce, ...times, ...person, ...claims }
  const parts = [{ alg: 'RS256', kid: '1', typ: 'JWT' }, payload, 'a signature']
  return parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
}

function readConfig(): OidcSignIn {
  const env = { ENABLE_SOCIAL_OAUTH_LOGIN: 'true', GOOGLE_CLIENT_ID: client.id, GOOGLE_CLIENT_SECRET: client.secret }
  const loaded = loadConfig({ env, cwd: '/srv' })
  const google = loaded.ok ? loaded.config.auth.signInProviders[0] : undefined
  if (google?.id !== 'google') throw new TypeError('Google is not configured')
  return google
}

const comesBack = (google: Google, search: Readonly<Record<string, string>>) =>
  google.provider.identify(checks, new URL(`${back}?${new URLSearchParams({ state: checks.state, ...search })}`))

describe('signing in by Google', () => {
  it('leads to Google, with a state, a nonce and PKCE', async () => {
    const url = await openGoogle().provider.visit(checks, back)
    expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: client.id,
      redirect_uri: back,
      response_type: 'code',
      scope: 'openid email profile',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: createHash('sha256').update(checks.verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
  })

  it('knows who comes back, without asking more than once', async () => {
    const google = openGoogle()
    expect(await comesBack(google, { code: 'a code', iss: discovery.issuer })).toEqual({
      subject: person.sub,
      email: person.email,
      isEmailVerified: true,
      name: person.name,
    })
    expect(google.asked).toEqual(['https://accounts.google.com/.well-known/openid-configuration', discovery.token_endpoint])
  })

  it('takes no address for confirmed that Google does not call so', async () => {
    for (const email_verified of [false, undefined]) {
      expect(await comesBack(openGoogle({ email_verified }), { code: 'a code' })).toMatchObject({ isEmailVerified: false })
    }
  })

  it.each<[string, Readonly<Record<string, string>>, object, string]>([
    ['somebody says no there', { error: 'access_denied' }, {}, 'identity_refused'],
    ['the code is another’s', { code: 'stolen' }, {}, 'identity_refused'],
    ['the state is another visit’s', { code: 'a code', state: 'stolen' }, {}, 'identity_service_failed'],
    ['the token is for another visit', { code: 'a code' }, { nonce: 'stolen' }, 'identity_service_failed'],
    ['the token is for another client', { code: 'a code' }, { aud: 'another' }, 'identity_service_failed'],
    ['the token is of another issuer', { code: 'a code' }, { iss: 'https://evil.example' }, 'identity_service_failed'],
    ['the token has expired', { code: 'a code' }, { exp: 1 }, 'identity_service_failed'],
  ])('lets nobody in where %s', async (_, search, claims, code) => {
    await expect(comesBack(openGoogle(claims), search)).rejects.toMatchObject({ code })
  })
})
