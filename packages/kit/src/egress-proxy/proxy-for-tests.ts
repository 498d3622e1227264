import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import { createEgressGuard, type ResolvedAddress } from '../egress/index.ts'
import { type EgressAccess, type EgressProxyOptions, type RunningEgressProxy, startEgressProxy } from './index.ts'

const closers: (() => Promise<unknown> | unknown)[] = []

/** To be called after each test. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}

export function closeLater(close: () => Promise<unknown> | unknown): void {
  closers.push(close)
}

const HOSTS: Readonly<Record<string, readonly string[]>> = {
  'open.test': ['127.0.0.1'],
  'closed.test': ['127.0.0.1'],
  'private.test': ['10.0.0.1'],
  'mixed.test': ['93.184.216.34', '10.0.0.1'],
  'meta.test': ['169.254.169.254'],
}

export const lookup = async (hostname: string): Promise<readonly ResolvedAddress[]> => {
  const addresses = HOSTS[hostname]
  if (addresses === undefined) throw Object.assign(new Error('unknown'), { code: 'ENOTFOUND' })
  return addresses.map((address) => ({ address, family: 4 }))
}

export const aGuard = (allowedHosts: readonly string[] = ['open.test']) =>
  createEgressGuard({ modelEndpointAllowPrivate: false, allowedHosts, lookup })

interface ProxyForTest extends RunningEgressProxy {
  readonly port: number
  readonly accesses: readonly EgressAccess[]
  readonly nextAccess: () => Promise<EgressAccess>
}

export async function startProxy(options: Partial<EgressProxyOptions> = {}): Promise<ProxyForTest> {
  const accesses: EgressAccess[] = []
  const waiting: ((access: EgressAccess) => void)[] = []
  const proxy = await startEgressProxy({
    guard: aGuard(),
    listen: { host: '127.0.0.1', port: 0 },
    onAccess: (access) => {
      accesses.push(access)
      waiting.shift()?.(access)
    },
    ...options,
  })
  closers.push(() => proxy.close())
  const nextAccess = () => new Promise<EgressAccess>((resolve) => waiting.push(resolve))
  return { ...proxy, port: proxy.port ?? 0, accesses, nextAccess }
}

export async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port // a TCP server that listens has one
}

export async function serveTcp(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createTcpServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port // the same
}

/** Sends bytes and reads until the other side closes. */
export function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

export async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part)
  return Buffer.concat(parts).toString()
}

export function openTunnel(port: number, authority: string): Promise<{ readonly status: number; readonly socket: Socket }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method: 'CONNECT', path: authority })
    request.on('connect', (response, socket) => resolve({ status: response.statusCode ?? 0, socket }))
    request.on('error', reject)
    request.end()
  })
}

export const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))
