import type { SignInProviderId } from '@trellis/contracts'

/** Somebody, as a service whose accounts sign in knows them. */
export interface Identity {
  /** What the service calls the person for ever, different from that of everybody else's, at whatever issuer. */
  readonly subject: string
  readonly email: string
  /** The service has made sure that the person reads this address. */
  readonly isEmailVerified: boolean
  readonly name: string | undefined
}

/** What one visit to the service is recognised by. */
export interface VisitChecks {
  readonly state: string
  readonly nonce: string
  /** PKCE. */
  readonly verifier: string
}

export interface IdentityProvider {
  readonly id: SignInProviderId
  /** What people know it by. */
  readonly name: string
  /** Where the browser goes. @throws `identity_service_failed` */
  visit(checks: VisitChecks, redirectUri: string): Promise<URL>
  /**
   * Who came back, by the address that the service sent the browser to.
   * @throws `identity_refused` where the service, or the person there, said no; `identity_service_failed`
   */
  identify(checks: VisitChecks, returned: URL): Promise<Identity>
}
