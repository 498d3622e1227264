import { refuse } from './refusal.ts'

/** Longer ones no server takes; they are made to overflow something. */
const MAX_URL_CHARACTERS = 65_536
/** URL parsers drop these silently, and what was checked would not be what was written. */
const CONTROL_CHARACTERS = /\p{Cc}/u

/** Parses an address that may be requested at all. @throws EgressError `refused` with the rule */
export function parseEgressUrl(text: string, base?: string): URL {
  const trimmed = text.trim()
  if (trimmed.length > MAX_URL_CHARACTERS) {
    throw refuse('url-length', `the address has ${trimmed.length} characters`, `At most ${MAX_URL_CHARACTERS} are allowed.`)
  }
  if (CONTROL_CHARACTERS.test(trimmed)) {
    throw refuse(
      'invalid-url',
      'the address has a line break or another control character in it',
      'Take it out, or write it percent-encoded.',
    )
  }
  const url = URL.parse(trimmed, base)
  if (url !== null && url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse('scheme', `the address begins with ${url.protocol}`, 'Only http and https addresses can be requested.')
  }
  if (url === null || url.hostname === '') {
    throw refuse('invalid-url', 'the address is not a valid URL', 'It must look like https://host/path.')
  }
  return url
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
}

/** What the request line says: path and query as the address has them, a final question mark included. */
export function requestTargetOf(url: URL): string {
  const afterOrigin = url.href.slice(url.href.indexOf('/', url.protocol.length + 2))
  const hash = afterOrigin.indexOf('#')
  return hash === -1 ? afterOrigin : afterOrigin.slice(0, hash)
}
