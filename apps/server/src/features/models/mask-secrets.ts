import type { CredentialField, Credentials } from '@trellis/spec'

/** What the console sends for a secret that it never got to see. */
const HIDDEN = '[__HIDDEN__]'

/** Enough of a secret to tell it from another one, and no more (runtime 8.4). */
export function maskSecret(secret: string): string {
  if (secret === '') return ''
  return secret.length <= 8 ? '*'.repeat(20) : `${secret.slice(0, 6)}${'*'.repeat(12)}${secret.slice(-2)}`
}

export function maskCredentials(fields: readonly CredentialField[], credentials: Credentials): Credentials {
  const shown = new Set(fields.filter((field) => field.type !== 'secret-input').map((field) => field.variable))
  // What no field of the form names is taken for a secret: the form may have changed since it was stored.
  return Object.fromEntries(Object.entries(credentials).map(([name, value]) => [name, shown.has(name) ? value : maskSecret(value)]))
}

/** True where a form came back with the mask of what is stored instead of a new value. */
export const isMaskOf = (given: unknown, stored: string | undefined): boolean =>
  given === HIDDEN || (stored !== undefined && stored !== '' && given === maskSecret(stored))
