import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, ListenOptions } from 'node:net'
import type { Duplex } from 'node:stream'
import { EgressError } from '@trellis/spec'
import { classifyAddress, type EgressGuard, type EgressProxies, parseAddress } from '../egress/index.ts'
import { answerError, writeError } from './answers.ts'
import { forward } from './forward.ts'
import { DEFAULT_LIMITS, type EgressProxyLimits } from './limits.ts'
import { createPassage, type EgressAccess, type Passage } from './passage.ts'
import { createViaMark } from './target.ts'
import { tunnel } from './tunnel.ts'

/** A port of one address (0 takes a free one), or a unix socket, which by default its own user alone may use. */
export type ListenTarget =
  | { readonly host: string; readonly port: number }
  | { readonly socketPath: string; readonly isOpenToAllUsers?: boolean }

export interface EgressProxyOptions {
  /** The policy object; everything is asked for as `content`. */
  readonly guard: EgressGuard
  readonly listen: ListenTarget
  readonly limits?: Partial<EgressProxyLimits>
  /** Proxies behind this one. */
  readonly next?: EgressProxies
  /** Called once for each request and tunnel, when it ends. */
  readonly onAccess?: (access: EgressAccess) => void
  /** Answers a request to the proxy itself (`GET /health`), whose address has no host; gives false where there is no such page. */
  readonly answerOwn?: (request: IncomingMessage, response: ServerResponse) => boolean
}

export interface RunningEgressProxy {
  /** `http://127.0.0.1:3128`, or `unix:/path`. */
  readonly address: string
  /** Undefined on a unix socket. */
  readonly port: number | undefined
  openConnections(): number
  /** Takes nothing new; what is under way has the grace time, then it is cut. */
  close(graceMs?: number): Promise<void>
}

const HEADERS_TIMEOUT_MS = 15_000

/** A forward proxy for plain requests and CONNECT tunnels that lets out what the policy `content` lets out. */
export async function startEgressProxy(options: EgressProxyOptions): Promise<RunningEgressProxy> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const server = createServer({ maxHeaderSize: limits.maxHeaderBytes, headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: 0 })
  const serving: Serving = { options, limits, viaMark: createViaMark() }
  const sockets = new Set<Duplex>()
  const state = { isClosing: false }
  const begin = (kind: EgressAccess['kind'], request: IncomingMessage): Passage =>
    createPassage({
      kind,
      method: request.method ?? '',
      client: request.socket.remoteAddress,
      limits,
      onEnd: (access) => {
        if (state.isClosing) setImmediate(() => server.closeIdleConnections())
        options.onAccess?.(access)
      },
    })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    if (sockets.size > limits.maxConnections) writeError(socket, tooMany(limits.maxConnections))
  })
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/') === true) answerOwn(request, response, options)
    else void serveRequest({ request, response }, begin('request', request), serving)
  })
  server.on('connect', (request, client, head) => void serveTunnel({ request, client, head }, begin('tunnel', request), serving))
  server.on('clientError', onClientError)
  await listen(server, options.listen)
  return {
    ...addressOf(server, options.listen),
    openConnections: () => sockets.size,
    close(graceMs = 0) {
      state.isClosing = true
      return closeServer(server, sockets, graceMs)
    },
  }
}

interface Serving {
  readonly options: EgressProxyOptions
  readonly limits: EgressProxyLimits
  readonly viaMark: string
}

async function serveRequest(
  incoming: { readonly request: IncomingMessage; readonly response: ServerResponse },
  passage: Passage,
  { options, limits, viaMark }: Serving,
): Promise<void> {
  const stranger = refuseStranger(incoming.request)
  if (stranger !== undefined) passage.end({ status: answerError(incoming.response, stranger), error: stranger })
  else await forward(incoming, passage, { ...limits, viaMark, guard: options.guard, nextProxyUrl: options.next?.http })
}

async function serveTunnel(
  incoming: { readonly request: IncomingMessage; readonly client: Duplex; readonly head: Buffer },
  passage: Passage,
  { options, limits, viaMark }: Serving,
): Promise<void> {
  const stranger = refuseStranger(incoming.request)
  if (stranger !== undefined) passage.end({ status: writeError(incoming.client, stranger), error: stranger })
  else await tunnel(incoming, passage, { ...limits, viaMark, guard: options.guard, nextProxyUrl: options.next?.https })
}

/** A proxy that the internet can use is a way into the network around it, and a cloak for others: only neighbours are served. */
function refuseStranger({ socket }: IncomingMessage): EgressError | undefined {
  const groups = parseAddress(socket.remoteAddress ?? '')
  if (groups === undefined || !['public', 'mapped'].includes(classifyAddress(groups))) return undefined
  return new EgressError('refused', 'This proxy serves its own network only (rule client-address).', { rule: 'client-address' })
}

function answerOwn(request: IncomingMessage, response: ServerResponse, { answerOwn: answer }: EgressProxyOptions): void {
  if (answer?.(request, response) === true) return
  const message = 'This is a forward proxy: send the whole address, as in GET http://host/path, or CONNECT host:443.'
  answerError(response, new EgressError('refused', message, { rule: 'invalid-target' }))
}

const tooMany = (most: number): EgressError =>
  new EgressError('refused', `The proxy has its ${most} connections (rule max-connections). EGRESS_PROXY_MAX_CONNECTIONS sets how many.`, {
    rule: 'max-connections',
  })

function onClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    writeError(
      socket,
      new EgressError('too-large', 'The headers are too large (rule max-header-bytes).', { rule: 'max-header-bytes' }),
      431,
    )
  } else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    writeError(socket, new EgressError('timeout', 'The request did not come in time.', { rule: 'idle-timeout' }), 408)
  } else {
    writeError(socket, new EgressError('refused', 'This is not a valid HTTP request.', { rule: 'invalid-request' }), 400)
  }
}

function listen(server: Server, target: ListenTarget): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(toListenOptions(target), () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function toListenOptions(target: ListenTarget): ListenOptions {
  if (!('socketPath' in target)) return { ...target, exclusive: true }
  const isOpen = target.isOpenToAllUsers === true
  return { path: target.socketPath, readableAll: isOpen, writableAll: isOpen }
}

function addressOf(server: Server, target: ListenTarget): { readonly address: string; readonly port: number | undefined } {
  if ('socketPath' in target) return { address: `unix:${target.socketPath}`, port: undefined }
  const { address, family, port } = server.address() as AddressInfo // it listens on TCP
  return { address: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`, port }
}

async function closeServer(server: Server, sockets: ReadonlySet<Duplex>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.destroy()
  }, graceMs)
  await closed
  clearTimeout(cut)
}
