import { describe, expect, it } from 'vitest'
import { configOf, faultsOf } from './testing/load-env.ts'

const isOn = { ENABLE_SOCIAL_OAUTH_LOGIN: 'true' }
const github = { GITHUB_CLIENT_ID: 'a', GITHUB_CLIENT_SECRET: 'b' }
const oidc = { OIDC_ISSUER_URL: 'https://id.example.com/realms/team', OIDC_CLIENT_ID: 'trellis' }

describe('signing in by other services', () => {
  it('is off where nothing is said, whatever ids there are', () => {
    expect(configOf({ ...github }).auth.signInProviders).toEqual([])
  })

  it('is by those that have a client, in an order of its own', () => {
    const { signInProviders } = configOf({ ...isOn, ...oidc, OIDC_NAME: 'Our place', ...github }).auth
    expect(signInProviders).toMatchObject([
      { id: 'github', clientId: 'a', url: 'https://github.com', apiUrl: 'https://api.github.com' },
      { id: 'oidc', name: 'Our place', clientSecret: undefined, scope: 'openid email profile' },
    ])
  })

  it.each([
    ['GITHUB_CLIENT_SECRET', { GITHUB_CLIENT_ID: 'a' }],
    ['GOOGLE_CLIENT_SECRET', { GOOGLE_CLIENT_ID: 'a' }],
    ['OIDC_ISSUER_URL', { OIDC_CLIENT_ID: 'a' }],
    ['OIDC_CLIENT_ID', { OIDC_ISSUER_URL: 'https://id.example.com' }],
    ['OIDC_SCOPES', { ...oidc, OIDC_SCOPES: 'email' }],
  ])('is missing %s: %j', (variable, env) => {
    expect(faultsOf({ ...isOn, ...env }).map((fault) => fault.variable)).toEqual([variable])
  })
})
