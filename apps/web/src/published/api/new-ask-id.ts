const BYTES = 16

/** A name that no other ask has. Browsers keep `randomUUID` to pages that came by HTTPS. */
export const newAskId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
