import type { Environment, VariableName } from './environment.ts'
import type { Findings } from './findings.ts'

interface Client {
  /** What people know it by. */
  readonly name: string
  readonly clientId: string
}

export interface GithubSignIn extends Client {
  readonly id: 'github'
  readonly clientSecret: string
  readonly url: string
  readonly apiUrl: string
}

export interface OidcSignIn extends Client {
  readonly id: 'google' | 'oidc'
  /** Undefined: a public client, held by PKCE alone. */
  readonly clientSecret: string | undefined
  readonly issuer: string
  readonly scope: string
  /** An address that nothing is said about counts as verified. */
  readonly trustsEmail: boolean
}

/** A service whose accounts sign people in. */
export type SignInProviderConfig = GithubSignIn | OidcSignIn

const GOOGLE_ISSUER = 'https://accounts.google.com'

/** In the order in which they are offered. */
export function readSignInProviders(environment: Environment, findings: Findings): readonly SignInProviderConfig[] {
  if (!environment.ENABLE_SOCIAL_OAUTH_LOGIN) return []
  const providers = [readGithub(environment, findings), readGoogle(environment, findings), readOidc(environment, findings)]
  const configured = providers.filter((provider) => provider !== undefined)
  if (configured.length === 0) {
    findings.warn(
      'ENABLE_SOCIAL_OAUTH_LOGIN',
      'Nobody signs in by another service: give GITHUB_CLIENT_ID, GOOGLE_CLIENT_ID, or OIDC_ISSUER_URL and OIDC_CLIENT_ID.',
    )
  }
  return configured
}

function readGithub(environment: Environment, findings: Findings): GithubSignIn | undefined {
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret, GITHUB_URL: url, GITHUB_API_URL: apiUrl } = environment
  if (clientId === undefined) return undefined
  if (clientSecret === undefined) return missing('GITHUB_CLIENT_SECRET', 'GITHUB_CLIENT_ID', findings)
  return { id: 'github', name: 'GitHub', clientId, clientSecret, url, apiUrl }
}

function readGoogle(environment: Environment, findings: Findings): OidcSignIn | undefined {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = environment
  if (clientId === undefined) return undefined
  if (clientSecret === undefined) return missing('GOOGLE_CLIENT_SECRET', 'GOOGLE_CLIENT_ID', findings)
  return { id: 'google', name: 'Google', clientId, clientSecret, issuer: GOOGLE_ISSUER, scope: 'openid email profile', trustsEmail: false }
}

function readOidc(environment: Environment, findings: Findings): OidcSignIn | undefined {
  const { OIDC_ISSUER_URL: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = environment
  if (issuer === undefined && clientId === undefined) return undefined
  if (issuer === undefined) return missing('OIDC_ISSUER_URL', 'OIDC_CLIENT_ID', findings)
  if (clientId === undefined) return missing('OIDC_CLIENT_ID', 'OIDC_ISSUER_URL', findings)
  const { OIDC_NAME: name, OIDC_SCOPES: scope, OIDC_TRUST_EMAIL: trustsEmail } = environment
  return { id: 'oidc', name, clientId, clientSecret, issuer, scope, trustsEmail }
}

function missing(variable: VariableName, because: VariableName, findings: Findings): undefined {
  findings.fault(variable, `${because} is set: give this as well, or set ENABLE_SOCIAL_OAUTH_LOGIN=false.`)
  return undefined
}
