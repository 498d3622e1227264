/** Headers that belong to one connection and are ours to set. */
const HOP_HEADERS = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'content-length',
])
/** Headers that carry secrets by name: another origin must not see them. */
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'api-key', 'x-goog-api-key', 'x-auth-token'])
const BODY_HEADERS = new Set(['content-type', 'content-encoding', 'content-language', 'content-location'])

/** Whether the header, in lower case, belongs to one connection, a proxy's own included, and is not passed on. */
export function isHopHeader(name: string): boolean {
  return HOP_HEADERS.has(name) || name === 'proxy-authorization' || name === 'proxy-authenticate'
}

/** Lower-case copy without the headers that the connection sets itself. */
export function toRequestHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase()
    if (!HOP_HEADERS.has(key)) result[key] = value
  }
  return result
}

/** What of a request's headers goes along to where it was redirected. */
export function toRedirectedHeaders(
  headers: Readonly<Record<string, string>>,
  change: { readonly isCrossOrigin: boolean; readonly isBodyDropped: boolean },
): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) =>
      !(change.isCrossOrigin && (SECRET_HEADERS.has(name) || name === 'host')) && !(change.isBodyDropped && BODY_HEADERS.has(name)),
  )
  return Object.fromEntries(kept)
}

/** Repeated headers are joined with a comma, as HTTP allows. */
export function toResponseHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return result
}
