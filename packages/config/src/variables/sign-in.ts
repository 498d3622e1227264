import { address, flag, optional, text, withDefault } from '../kinds.ts'

const about = { group: 'auth', roles: ['all', 'api'] } as const
const id = (of: string) => optional(text('a client id'), { ...about, description: `The client id that ${of} gave.` })
const secret = (of: string) =>
  optional(text('a client secret'), { ...about, secret: true, description: `The client secret that ${of} gave.` })

/** Signing in by accounts of other services. */
export const signInVariables = {
  ENABLE_SOCIAL_OAUTH_LOGIN: withDefault('false', flag(), {
    ...about,
    description: 'Sign in with GitHub, Google and an OpenID Connect provider, those of them that have a client id below.',
  }),
  GITHUB_CLIENT_ID: id('GitHub'),
  GITHUB_CLIENT_SECRET: secret('GitHub'),
  GITHUB_URL: withDefault('https://github.com', address(), {
    ...about,
    description: 'Where GitHub is; of a server of GitHub Enterprise, its address.',
  }),
  GITHUB_API_URL: withDefault('https://api.github.com', address(), {
    ...about,
    description: 'Its API; of a server of GitHub Enterprise, `/api/v3` of its address.',
  }),
  GOOGLE_CLIENT_ID: id('Google'),
  GOOGLE_CLIENT_SECRET: secret('Google'),
  OIDC_ISSUER_URL: optional(address(), {
    ...about,
    description:
      'An OpenID Connect provider (Keycloak, Entra ID, Okta, …): its issuer, below which `/.well-known/openid-configuration` lies.',
  }),
  OIDC_CLIENT_ID: id('the provider'),
  OIDC_CLIENT_SECRET: optional(text('a client secret'), {
    ...about,
    secret: true,
    description: 'The client secret that the provider gave; none for a public client.',
  }),
  OIDC_NAME: withDefault('SSO', text('a name'), { ...about, description: 'What the provider is called on the page where one signs in.' }),
  OIDC_SCOPES: withDefault(
    'openid email profile',
    text('scopes, openid among them', (value) => value.split(/\s+/).includes('openid')),
    {
      ...about,
      description: 'What it is asked for.',
    },
  ),
  OIDC_TRUST_EMAIL: withDefault('false', flag(), {
    ...about,
    description:
      'Take its e-mail addresses for verified where it says nothing about that (Entra ID says nothing). Only where nobody can write an address of their choice into their account there.',
  }),
}
