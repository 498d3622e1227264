export interface Sender {
  readonly email: string
  readonly name: string | undefined
  /** For ids of letters. */
  readonly domain: string
}

/** Reads `trellis@example.com` or `Trellis <trellis@example.com>`. */
export function parseSender(text: string): Sender {
  const [, quoted, inner] = /^(.*)<([^<>]+)>$/s.exec(text.trim()) ?? []
  const email = (inner ?? text).trim()
  const name = quoted?.trim().replace(/^"(.*)"$/s, '$1')
  return { email, name: name || undefined, domain: email.slice(email.lastIndexOf('@') + 1) }
}
