import { once } from 'node:events'
import { createServer, request as forward, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReverseProxyOptions {
  /** `http://<host>:<port>` of the server behind it. */
  readonly target: string
  /** The path of its host that the server has, such as `/trellis`. All others are not found. */
  readonly base: string
  /** Whether the server is asked with that path, or without. */
  readonly keepsBase: boolean
  /** What it tells the server of where browsers are, `https://team.example.org`; where they really are, where absent. */
  readonly origin?: string
}

export interface ReverseProxy {
  /** Where browsers find the server, its path included. */
  readonly url: string
  close(): Promise<void>
}

/** A reverse proxy as the guide to them asks for: it says where the browser is, and hands answers on as they come. */
export async function startReverseProxy({ target, base, keepsBase, origin }: ReverseProxyOptions): Promise<ReverseProxy> {
  const onwardUrl = (path: string): string => {
    if (keepsBase) return target + path
    const rest = path.slice(base.length)
    return target + (rest.startsWith('/') ? rest : `/${rest}`)
  }
  const proxy = createServer((incoming, outgoing) => {
    const path = incoming.url ?? ''
    if (!/^(?:[/?]|$)/.test(path.startsWith(base) ? path.slice(base.length) : 'elsewhere')) return void outgoing.writeHead(404).end()
    const headers = { ...incoming.headers, ...forwardedHeaders(incoming, origin) }
    const onward = forward(onwardUrl(path), { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  return {
    // A server that listens on a port has such an address.
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${base}`,
    async close() {
      const closed = once(proxy, 'close')
      proxy.close()
      proxy.closeAllConnections()
      await closed
    },
  }
}

function forwardedHeaders({ headers, socket }: IncomingMessage, origin: string | undefined): Readonly<Record<string, string>> {
  const told = new URL(origin ?? `http://${headers.host}`)
  return {
    'x-forwarded-for': socket.remoteAddress ?? '',
    'x-forwarded-proto': told.protocol.slice(0, -1),
    'x-forwarded-host': told.host,
  }
}
