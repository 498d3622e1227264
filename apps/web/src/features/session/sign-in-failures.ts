/** Why the way over another service ended here, as the server tells it in the address. */
const failures = [
  'sign_in_interrupted',
  'identity_refused',
  'identity_service_failed',
  'identity_unverified',
  'identity_of_another',
  'account_not_found',
  'account_banned',
  'not_allowed_create_workspace',
  'already_activate',
  'invitation_for_other_account',
] as const

export type SignInFailure = (typeof failures)[number] | 'unexpected'

/** Anybody can write an address: only what is known is told. */
export function readSignInFailure({ failed }: Record<string, unknown>): { readonly failed?: SignInFailure } {
  return failed === undefined ? {} : { failed: failures.find((code) => code === failed) ?? 'unexpected' }
}
