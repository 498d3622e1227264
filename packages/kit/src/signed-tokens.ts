import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'

export type TokenClaims = Readonly<Record<string, unknown>>

/** JSON Web Tokens (RFC 7519) of this installation: signed with HS256, and nothing but that is taken. */
export interface SignedTokens {
  /** `exp`, where the claims have one, is in seconds since 1970. */
  sign(claims: TokenClaims): string
  /** The claims of a token that was signed here and holds at that moment; undefined for everything else, whatever it is. */
  read(token: string, nowMs: number): TokenClaims | undefined
}

const ALGORITHM = 'HS256'
const HEADER = encode({ alg: ALGORITHM, typ: 'JWT' })

/**
 * Synchronous: a token is read with every request, and a signature takes less time than handing it to another thread and back, where
 * it would wait behind files and the hashes of passwords.
 */
export function createSignedTokens(secretKey: string): SignedTokens {
  const key = createSecretKey(secretKey, 'utf8')
  const signatureOf = (content: string): string => createHmac('sha256', key).update(content).digest('base64url')
  return {
    sign(claims) {
      const content = `${HEADER}.${encode(claims)}`
      return `${content}.${signatureOf(content)}`
    },
    read(token, nowMs) {
      const [header = '', payload = '', signature = '', ...more] = token.split('.', 4)
      // The texts are compared, not their bytes: a signature has one spelling.
      if (more.length > 0 || !isSame(signature, signatureOf(`${header}.${payload}`))) return undefined
      const { alg, crit } = decode(header) ?? {}
      // An extension that has to be understood is not (RFC 7515, section 4.1.11).
      if (alg !== ALGORITHM || crit !== undefined) return undefined
      const claims = decode(payload)
      return claims && holdsAt(claims, Math.floor(nowMs / 1000)) ? claims : undefined
    },
  }
}

function isSame(given: string, right: string): boolean {
  const [givenBytes, rightBytes] = [Buffer.from(given), Buffer.from(right)]
  return givenBytes.length === rightBytes.length && timingSafeEqual(givenBytes, rightBytes)
}

function holdsAt({ exp, nbf, iat }: TokenClaims, nowSeconds: number): boolean {
  if ([exp, nbf, iat].some((time) => time !== undefined && typeof time !== 'number')) return false
  return (typeof exp !== 'number' || exp > nowSeconds) && (typeof nbf !== 'number' || nbf <= nowSeconds)
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** A JSON object from its base64url. */
function decode(text: string): TokenClaims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}
