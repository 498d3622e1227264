import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Authenticated encryption of short texts: AES-256-GCM, a random 96-bit nonce, and a purpose that the text is bound to.
 * Form: `v1.` + base64url(nonce || ciphertext || tag).
 */
const VERSION = 'v1.'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

export function seal(key: Uint8Array, text: string, purpose: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return VERSION + sealed.toString('base64url')
}

/** @throws SealError where the key is another one, the purpose differs, or the text was changed */
export function unseal(key: Uint8Array, sealed: string, purpose: string): string {
  const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url')
  if (!sealed.startsWith(VERSION) || bytes.length < NONCE_BYTES + TAG_BYTES) throw new SealError()
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch (cause) {
    throw new SealError(cause)
  }
}

export class SealError extends Error {
  constructor(cause?: unknown) {
    super('A stored secret cannot be opened. Was SECRET_KEY changed? Set the old key again, or store the secret anew.', { cause })
    this.name = 'SealError'
  }
}

/** A key for one purpose, from the installation's secret (HKDF-SHA256, RFC 5869). */
export const deriveKey = (secretKey: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secretKey, 'trellis', purpose, KEY_BYTES))

export const newKey = (): Uint8Array => randomBytes(KEY_BYTES)
