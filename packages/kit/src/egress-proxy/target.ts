import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { EgressError } from '@trellis/spec'
import { parseEgressUrl } from '../egress/index.ts'

/** Marks what has been through this proxy, so that one that is its own way out is noticed; proxies in a row differ. */
export function createViaMark(): string {
  return `1.1 trellis-egress-${randomBytes(4).toString('hex')}`
}

/** The address of a plain request, which a proxy is given whole. @throws EgressError */
export function parseForwardUrl(request: IncomingMessage): URL {
  const url = parseEgressUrl(request.url ?? '')
  if (url.protocol === 'https:') {
    throw new EgressError('refused', 'https goes through a tunnel: send CONNECT host:443 (rule scheme).', { rule: 'scheme' })
  }
  url.username = ''
  url.password = ''
  return url
}

/** `host:port` of a CONNECT, the host in the form in which it is dialled. @throws EgressError */
export function parseTunnelTarget(authority: string): { readonly hostname: string; readonly port: number } {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:@/?#\\[\]]+):(\d{1,5})$/i.exec(authority)
  // As a URL, so that every spelling of an address comes out as the one that is checked.
  const url = match === null ? null : URL.parse(`http://${match[1]}/`)
  const port = Number(match?.[2])
  if (url === null || url.hostname === '' || port < 1 || port > 65535) {
    throw new EgressError('refused', 'A tunnel leads to host:port, and this is none (rule invalid-target).', { rule: 'invalid-target' })
  }
  return { hostname: url.hostname, port }
}

/** @throws EgressError where the request has come through this proxy before */
export function assertNoLoop(request: IncomingMessage, viaMark: string): void {
  if (!(request.headers.via ?? '').includes(viaMark)) return
  throw new EgressError('refused', 'This request has been here before: the proxy is configured as its own way out (rule loop).', {
    rule: 'loop',
  })
}
