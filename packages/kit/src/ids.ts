import { randomBytes, randomUUID } from 'node:crypto'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** Bytes from here on would favour the first letters of the alphabet. */
const UNBIASED_BYTES = 256 - (256 % ALPHABET.length)

export interface IdSourceDependencies {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A random UUID v4; its last 62 random bits are used. */
  readonly randomUuid: () => string
}

/**
 * Makes UUIDs of version 7 (RFC 9562), lower-case, each greater than the one before: the 12 bits after the time are a counter
 * that starts at a random low value each millisecond (method 1 of section 6.2). A clock that stands still or runs backwards
 * does not break the order.
 */
export function createIdSource(dependencies: IdSourceDependencies): () => string {
  let lastMs = -1
  let counter = 0
  let prefix = ''
  return () => {
    const nowMs = dependencies.now()
    const random = dependencies.randomUuid()
    if (nowMs > lastMs || counter >= 0xfff) {
      lastMs = nowMs > lastMs ? nowMs : lastMs + 1
      counter = Number.parseInt(random.slice(0, 3), 16) & 0x7ff
      const hex = lastMs.toString(16).padStart(12, '0')
      prefix = `${hex.slice(0, 8)}-${hex.slice(8)}-7`
    } else {
      counter += 1
    }
    return `${prefix}${counter.toString(16).padStart(3, '0')}${random.slice(18)}`
  }
}

/** A new UUID v7, lower-case; ids made by one process sort in the order of their making. */
export const newId: () => string = createIdSource({ now: Date.now, randomUuid: randomUUID })

/** The least UUID v7 of a moment (milliseconds since 1970): ids made before it sort before it. */
export function firstIdAt(milliseconds: number): string {
  const hex = Math.max(0, milliseconds).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** Whether the text is a UUID of any version in its hyphenated form, in either case. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** `length` random letters and digits, each equally likely, from the system's secure source. */
export function randomToken(length: number): string {
  let token = ''
  while (token.length < length) {
    for (const byte of randomBytes(length - token.length + 8)) {
      if (byte < UNBIASED_BYTES && token.length < length) token += ALPHABET[byte % ALPHABET.length]
    }
  }
  return token
}

/** `bytes` random bytes in lower-case hexadecimal (twice as many characters). */
export function randomHex(bytes: number): string {
  return takeRandom(bytes).toString('hex')
}

const STOCK_BYTES = 8192
let stock = Buffer.alloc(0)

/** Random bytes, each given once. The system's source is asked for many at a time: every time that it is asked costs as much as a statement. */
function takeRandom(bytes: number): Buffer {
  if (stock.length < bytes) stock = randomBytes(Math.max(STOCK_BYTES, bytes))
  const taken = stock.subarray(0, bytes)
  stock = stock.subarray(bytes)
  return taken
}
