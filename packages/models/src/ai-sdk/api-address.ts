/** An address that a person may give with or without its version and its last slash, as the SDK wants it: with and without. */
export function toApiAddress(
  given: string | undefined,
  { fallback, version }: { readonly fallback: string; readonly version: string },
): string {
  const address = (given?.trim() || fallback).replace(/\/+$/, '')
  return /\/v\d+\w*$/.test(address) ? address : `${address}/${version}`
}
