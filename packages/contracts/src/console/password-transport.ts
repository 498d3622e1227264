/**
 * How sign-in forms carry a password and a mailed code: base64 of the UTF-8 text (service-api 7.1).
 * It hides nothing; it only keeps compatible callers working.
 */
export function encodePassword(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}

/** Reads it back, skipping characters outside the alphabet; undefined where no UTF-8 text comes out. */
export function decodePassword(encoded: string): string | undefined {
  const digits = encoded.replaceAll(/[^A-Za-z0-9+/]/g, '')
  if (digits.length % 4 === 1) return undefined
  try {
    const bytes = Uint8Array.from(atob(digits), (character) => character.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
