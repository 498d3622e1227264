import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createEgress, createEgressGuard, type ResolvedAddress } from '../egress/index.ts'
import { type EgressAccess, type EgressProxyOptions, type RunningEgressProxy, startEgressProxy } from './index.ts'

const closers: (() => Promise<unknown> | unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const HOSTS: Readonly<Record<string, readonly string[]>> = {
  'open.test': ['127.0.0.1'],
  'closed.test': ['127.0.0.1'],
  'private.test': ['10.0.0.1'],
  'mixed.test': ['93.184.216.34', '10.0.0.1'],
  'meta.test': ['169.254.169.254'],
}

const lookup = async (hostname: string): Promise<readonly ResolvedAddress[]> => {
  const addresses = HOSTS[hostname]
  if (addresses === undefined) throw Object.assign(new Error('unknown'), { code: 'ENOTFOUND' })
  return addresses.map((address) => ({ address, family: 4 }))
}

const aGuard = (allowedHosts: readonly string[] = ['open.test']) =>
  createEgressGuard({ modelEndpointAllowPrivate: false, allowedHosts, lookup })

interface ProxyForTest extends RunningEgressProxy {
  readonly port: number
  readonly accesses: readonly EgressAccess[]
  readonly nextAccess: () => Promise<EgressAccess>
}

async function startProxy(options: Partial<EgressProxyOptions> = {}): Promise<ProxyForTest> {
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

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port // a TCP server that listens has one
}

async function serveTcp(onSocket: (socket: Socket) => void): Promise<number> {
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
function sendRaw(port: number, text: string): Promise<string> {
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

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part)
  return Buffer.concat(parts).toString()
}

function openTunnel(port: number, authority: string): Promise<{ readonly status: number; readonly socket: Socket }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method: 'CONNECT', path: authority })
    request.on('connect', (response, socket) => resolve({ status: response.statusCode ?? 0, socket }))
    request.on('error', reject)
    request.end()
  })
}

const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))

describe('a plain request', () => {
  it('goes out with its method, headers and body, and comes back with its answer', async () => {
    const origin = await serve(async (request, response) => {
      const { method, url, headers } = request
      response.writeHead(418, 'I am one', { 'Set-Cookie': ['a=1', 'b=2'], 'X-Seen': JSON.stringify({ method, url, ...headers }) })
      response.end(`got ${await textOf(request)}`)
    })
    const proxy = await startProxy()
    const answer = await sendRaw(
      proxy.port,
      `POST http://user:pw@open.test:${origin}/a%20b?x=%2F&y= HTTP/1.1\r\nHost: evil.test\r\nX-Own: 1\r\nX-Hop: 1\r\nProxy-Authorization: Basic eA==\r\nContent-Length: 4\r\nConnection: close, x-hop\r\n\r\nbody`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 418 I am one\r\n/)
    expect(answer).toContain('Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n')
    expect(answer).toContain('got body')
    const seen: unknown = JSON.parse(/X-Seen: (.*)\r\n/.exec(answer)?.[1] ?? '')
    expect(seen).toMatchObject({ method: 'POST', url: '/a%20b?x=%2F&y=', host: `open.test:${origin}`, 'x-own': '1', 'content-length': '4' })
    expect(seen).not.toHaveProperty('x-hop')
    expect(seen).not.toHaveProperty('proxy-authorization')
    expect(proxy.accesses).toMatchObject([
      { kind: 'request', method: 'POST', target: `open.test:${origin}`, outcome: 'passed', status: 418, bytesUp: 4, bytesDown: 8 },
    ])
  })

  it('may come in chunks, and its connection is used again', async () => {
    const origin = await serve(async (request, response) => response.end(await textOf(request)))
    const proxy = await startProxy()
    const one = `PUT http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`
    const answer = await sendRaw(proxy.port, `${one}${one.replace('abc', 'def').replace('chunked', 'chunked\r\nConnection: close')}`)
    expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
    expect(answer).toContain('abc')
    expect(answer).toContain('def')
  })

  it.each([
    ['http://10.0.0.1/', 403, 'private-address'],
    ['http://127.0.0.1:9/', 403, 'loopback-address'],
    ['http://2130706433/', 403, 'loopback-address'],
    ['http://[::ffff:a00:1]/', 403, 'private-address'],
    ['http://private.test/', 403, 'private-address'],
    ['http://mixed.test/', 403, 'private-address'],
    ['http://meta.test/', 403, 'metadata-address'],
    ['http://169.254.169.254/latest/', 403, 'metadata-address'],
    ['http://localhost/', 403, 'loopback-address'],
    ['http://93.184.216.34:25/', 403, 'port'],
    ['ftp://open.test/', 400, 'scheme'],
    ['https://open.test/', 400, 'scheme'],
    ['*', 400, 'invalid-url'],
  ])('is refused for %s', async (url, status, rule) => {
    const proxy = await startProxy()
    const answer = await sendRaw(proxy.port, `GET ${url} HTTP/1.1\r\nHost: open.test\r\nConnection: close\r\n\r\n`)
    expect(answer).toContain(`HTTP/1.1 ${status} Refused by rule ${rule}\r\n`)
    expect(answer).toContain(`x-egress-rule: ${rule}\r\n`)
    expect(bodyOf(answer)).toMatchObject({ code: 'egress_refused', rule, status, message: expect.stringContaining(rule) })
    expect(proxy.accesses).toMatchObject([{ outcome: 'refused', rule, status }])
  })

  it('tells what went wrong on the way', async () => {
    const proxy = await startProxy()
    const unknown = await sendRaw(proxy.port, 'GET http://nowhere.test/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(bodyOf(unknown)).toMatchObject({ status: 502, message: 'The name nowhere.test cannot be resolved.' })
    const silent = await serveTcp((socket) => socket.once('data', () => socket.end('no http\r\n\r\n')))
    const nonsense = await sendRaw(proxy.port, `GET http://open.test:${silent}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(bodyOf(nonsense)).toMatchObject({ status: 502, message: expect.stringContaining('not HTTP') })
  })

  it('does not go round in circles', async () => {
    const next: { http?: string } = {}
    const proxy = await startProxy({ next })
    next.http = proxy.address
    const answer = await sendRaw(proxy.port, 'GET http://open.test/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(bodyOf(answer)).toMatchObject({ status: 508, rule: 'loop' })
  })

  it('for the proxy itself is answered by its own pages, if at all', async () => {
    const proxy = await startProxy({
      answerOwn: (request, response) => {
        if (request.url !== '/health') return false
        response.end('well')
        return true
      },
    })
    expect(await sendRaw(proxy.port, 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toContain('well')
    const answer = await sendRaw(proxy.port, 'GET /other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(bodyOf(answer)).toMatchObject({ rule: 'invalid-target', message: expect.stringContaining('forward proxy') })
  })

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['headers without end', `GET http://open.test/ HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST http://open.test/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['a header that breaks the line', 'GET http://open.test/ HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n', 400],
  ])('is refused where it is %s', async (_title, text, status) => {
    const proxy = await startProxy()
    expect(await sendRaw(proxy.port, text)).toContain(`HTTP/1.1 ${status} `)
  })
})

describe('a tunnel', () => {
  const echo = () => serveTcp((socket) => socket.pipe(socket))

  it('passes bytes both ways, and ends with its ends', async () => {
    const origin = await echo()
    const proxy = await startProxy()
    const ended = proxy.nextAccess()
    const { status, socket } = await openTunnel(proxy.port, `open.test:${origin}`)
    expect(status).toBe(200)
    socket.end('hello')
    let heard = ''
    for await (const chunk of socket) heard += String(chunk)
    expect(heard).toBe('hello')
    expect(await ended).toMatchObject({ kind: 'tunnel', target: `open.test:${origin}`, outcome: 'passed', bytesUp: 5, bytesDown: 5 })
  })

  it.each([
    ['10.0.0.1:443', 403, 'private-address'],
    ['0x7f.1:443', 403, 'loopback-address'],
    ['[::1]:443', 403, 'loopback-address'],
    ['[64:ff9b::7f00:1]:443', 403, 'loopback-address'],
    ['private.test:443', 403, 'private-address'],
    ['mixed.test:443', 403, 'private-address'],
    ['meta.test:443', 403, 'metadata-address'],
    ['localhost.:443', 403, 'loopback-address'],
    ['93.184.216.34:5432', 403, 'connect-port'],
    ['open.test', 400, 'invalid-target'],
    ['user@open.test:443', 400, 'invalid-target'],
    ['http://open.test:443', 400, 'invalid-target'],
    ['open.test:0', 400, 'invalid-target'],
    ['open.test:65536', 400, 'invalid-target'],
    ['[fe80::1%25eth0]:443', 400, 'invalid-target'],
  ])('is refused to %s', async (authority, status, rule) => {
    const proxy = await startProxy()
    const answer = await sendRaw(proxy.port, `CONNECT ${authority} HTTP/1.1\r\nHost: open.test:443\r\n\r\n`)
    expect(answer).toContain(`HTTP/1.1 ${status} Refused by rule ${rule}\r\n`)
    expect(bodyOf(answer)).toMatchObject({ code: 'egress_refused', rule })
    expect(proxy.accesses).toMatchObject([{ kind: 'tunnel', outcome: 'refused', rule, status }])
  })

  it('leads to the address that was checked, not to what the name says next', async () => {
    const origin = await echo()
    let asked = 0
    const guard = createEgressGuard({
      modelEndpointAllowPrivate: false,
      allowedHosts: ['127.0.0.1', 'rebind.test'],
      lookup: async () => {
        asked += 1
        return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
      },
    })
    const proxy = await startProxy({ guard })
    const { socket } = await openTunnel(proxy.port, `rebind.test:${origin}`)
    socket.end()
    expect(asked).toBe(1)
  })
})

describe('bounds', () => {
  it('end what is too large one way', async () => {
    const origin = await serve((_request, response) => {
      response.write('x'.repeat(2000))
      response.end('x'.repeat(2000))
    })
    const proxy = await startProxy({ limits: { maxBytes: 1000 } })
    const announced = await serve((_request, response) => response.end('x'.repeat(2000)))
    const answer = await sendRaw(proxy.port, `GET http://open.test:${announced}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(bodyOf(answer)).toMatchObject({ code: 'egress_too_large', rule: 'max-bytes' })
    const ended = proxy.nextAccess()
    await sendRaw(proxy.port, `GET http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(await ended).toMatchObject({ outcome: 'failed', rule: 'max-bytes' })
  })

  it('end what is silent', async () => {
    const origin = await serve(() => undefined)
    const proxy = await startProxy({ limits: { idleTimeoutMs: 50 } })
    const answer = await sendRaw(proxy.port, `GET http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(bodyOf(answer)).toMatchObject({ status: 504, rule: 'idle-timeout' })
  })

  it('end what takes too long, though it talks', async () => {
    const origin = await serveTcp((socket) => {
      const timer = setInterval(() => socket.write('x'), 10)
      socket.on('close', () => clearInterval(timer))
    })
    const proxy = await startProxy({ limits: { totalTimeoutMs: 100 } })
    const ended = proxy.nextAccess()
    const { socket } = await openTunnel(proxy.port, `open.test:${origin}`)
    socket.resume()
    expect(await ended).toMatchObject({ outcome: 'failed', rule: 'total-timeout' })
  })

  it('answer more clients than there may be', async () => {
    const proxy = await startProxy({ limits: { maxConnections: 1 } })
    const first = connect({ host: '127.0.0.1', port: proxy.port })
    closers.push(() => first.destroy())
    await new Promise((resolve) => first.once('connect', resolve))
    const answer = await sendRaw(proxy.port, 'GET http://open.test/ HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(bodyOf(answer)).toMatchObject({ status: 503, rule: 'max-connections' })
  })
})

describe('life', () => {
  it('lets what runs end within the grace time', async () => {
    let answer: (() => void) | undefined
    const arrived = new Promise<void>((resolve) => {
      answer = resolve
    })
    let finish: (() => void) | undefined
    const origin = await serve((_request, response) => {
      finish = () => response.end('late')
      answer?.()
    })
    const proxy = await startProxy()
    const pending = sendRaw(proxy.port, `GET http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\n\r\n`)
    await arrived
    const closed = proxy.close(10_000)
    await expect(sendRaw(proxy.port, 'GET http://open.test/ HTTP/1.1\r\n\r\n')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    finish?.()
    expect(await pending).toContain('late')
    await closed
  })

  it('cuts tunnels when the grace time is over', async () => {
    const origin = await serveTcp(() => undefined)
    const proxy = await startProxy()
    const { socket } = await openTunnel(proxy.port, `open.test:${origin}`)
    const cut = new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume())
    await proxy.close(0)
    await cut
  })

  it('listens on a unix socket as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'trellis-egress-'))
    closers.push(() => rmSync(folder, { recursive: true, force: true }))
    const socketPath = join(folder, 'out.sock')
    const origin = await serve((_request, response) => response.end('through'))
    const proxy = await startProxy({ listen: { socketPath } })
    expect(proxy.address).toBe(`unix:${socketPath}`)
    const text = await new Promise<string>((resolve, reject) => {
      httpRequest({ socketPath, path: `http://open.test:${origin}/`, headers: { host: 'x' } }, (response) => resolve(textOf(response)))
        .on('error', reject)
        .end()
    })
    expect(text).toBe('through')
    expect(proxy.accesses).toMatchObject([{ client: undefined, outcome: 'passed' }])
  })
})

describe('clients that leave', () => {
  it('at any point do no harm', async () => {
    const origin = await serve((request, response) => {
      response.write('x'.repeat(70_000))
      request.on('error', () => undefined).pipe(response)
    })
    const proxy = await startProxy()
    const sent = [
      `POST http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
      `CONNECT open.test:${origin} HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n`,
      'CONNECT 10.0.0.1:443 HTTP/1.1\r\nHost: x\r\n\r\n',
    ]
    const visits = sent.flatMap((text) => Array.from({ length: text.length + 1 }, (_, length) => text.slice(0, length)))
    for (const [index, text] of visits.entries()) {
      await new Promise<void>((resolve) => {
        const socket = connect({ host: '127.0.0.1', port: proxy.port }, () => {
          socket.write(text, () => (index % 2 === 0 ? socket.destroy() : socket.resetAndDestroy()))
        })
        socket.on('error', () => undefined).on('close', () => resolve())
      })
    }
    const answer = await sendRaw(proxy.port, `GET http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })
})

describe('proxies in a row', () => {
  it('are passed by requests and tunnels, and the next one is believed when it refuses', async () => {
    const origin = await serve((_request, response) => response.end('far'))
    const next = await startProxy()
    const proxies = { http: next.address, https: next.address }
    const near = await startProxy({ guard: aGuard(['open.test', 'closed.test']), next: proxies })
    expect(await sendRaw(near.port, `GET http://open.test:${origin}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toContain('far')
    expect(next.accesses).toHaveLength(1)
    const { status, socket } = await openTunnel(near.port, `open.test:${origin}`)
    expect(status).toBe(200)
    socket.destroy()
    const refused = await sendRaw(near.port, `CONNECT closed.test:9999 HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(bodyOf(refused)).toMatchObject({ rule: 'proxy' })
  })

  it('are what our own requests go through', async () => {
    const origin = await serve((_request, response) => response.end('far'))
    const next = await startProxy()
    const egress = createEgress({
      modelEndpointAllowPrivate: false,
      allowedHosts: ['open.test', 'closed.test'],
      lookup,
      proxies: { http: next.address, https: next.address },
    })
    closers.push(() => egress.close())
    expect(await (await egress.request({ url: `http://open.test:${origin}/`, policy: 'content' })).text()).toBe('far')
    for (const scheme of ['http', 'https']) {
      const refused = egress.request({ url: `${scheme}://closed.test:${origin}/`, policy: 'content' })
      await expect(refused).rejects.toMatchObject({ rule: 'proxy' })
    }
    await expect(egress.request({ url: 'http://10.0.0.1/', policy: 'content' })).rejects.toMatchObject({ rule: 'private-address' })
    expect(next.accesses.map(({ outcome }) => outcome)).toEqual(['passed', 'refused', 'refused'])
  })
})
