import { encodeForm } from './form-encoding.ts'

export interface LoggedRequest {
  readonly method: string
  readonly url: string
  readonly params: readonly (readonly [string, string])[]
  readonly headers: Readonly<Record<string, string>>
  /** The header whose value is not shown. */
  readonly secretHeader: string | undefined
  readonly body: string
}

/** A request as text, in the manner of HTTP/1.1. Nothing in it is read again: it is for people. */
export function logRequest({ method, url, params, headers, secretHeader, body }: LoggedRequest): string {
  const [, authority = '', rest = ''] = /^https?:\/\/([^/?#]*)([^#]*)/s.exec(url) ?? []
  const [path = '', ...query] = rest.split('?')
  const search = params.length > 0 ? encodeForm(params) : query.join('?')
  const lines = [
    `${method} ${path || '/'}${search === '' ? '' : `?${search}`} HTTP/1.1`,
    `Host: ${authority}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${isSame(name, secretHeader) ? '*'.repeat([...value].length) : value}`),
    ...(body === '' ? [] : [`Content-Length: ${[...body].length}`]),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

const isSame = (name: string, other: string | undefined): boolean => name.toLowerCase() === other?.toLowerCase()
