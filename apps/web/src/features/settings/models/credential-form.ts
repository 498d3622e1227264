import type { CredentialField, Credentials } from '../../../api/types/models.ts'

/** The fields that show with these values: each `show_on` condition must hold. */
export function visibleFields(fields: readonly CredentialField[], values: Credentials): CredentialField[] {
  return fields.filter((field) => field.show_on.every((condition) => values[condition.variable] === condition.value))
}

/** Defaults, then what is stored, then what was typed. Secrets begin empty: what is stored of them is only a mask. */
export function startingValues(fields: readonly CredentialField[], stored: Credentials | null): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => [field.variable, field.type === 'secret-input' ? '' : (stored?.[field.variable] ?? field.default ?? '')]),
  )
}

/** Names of visible required fields that are empty; a stored secret need not be typed again. */
export function missingFields(fields: readonly CredentialField[], values: Credentials, stored: Credentials | null): string[] {
  return visibleFields(fields, values)
    .filter((field) => field.required && (values[field.variable] ?? '').trim() === '')
    .filter((field) => !(field.type === 'secret-input' && stored?.[field.variable]))
    .map((field) => field.variable)
}

/** The field among these that a refusal names, as long as it stands as it was sent; null where it names none, which is told of the whole form. */
export function refusedField(
  named: string | undefined,
  { shown, sent, now }: { readonly shown: readonly string[]; readonly sent: Credentials; readonly now: Credentials },
): { readonly variable: string; readonly isMended: boolean } | null {
  if (named === undefined || !shown.includes(named)) return null
  return { variable: named, isMended: sent[named] !== now[named] }
}

/** What is sent: visible fields with a value; an untouched secret goes back as its mask, which keeps it. */
export function toCredentials(fields: readonly CredentialField[], values: Credentials, stored: Credentials | null): Record<string, string> {
  const result: Record<string, string> = {}
  for (const field of visibleFields(fields, values)) {
    const typed = (values[field.variable] ?? '').trim()
    const value = typed === '' && field.type === 'secret-input' ? (stored?.[field.variable] ?? '') : typed
    if (value !== '') result[field.variable] = value
  }
  return result
}
