import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { EgressError, type EgressPolicy } from '@trellis/spec'
import { afterEach, describe, expect, it } from 'vitest'
import { type ClosableEgress, createEgress, type EgressOptions } from './create-egress.ts'

const closers: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function serve(listener: RequestListener): Promise<{ readonly url: string; readonly port: number; readonly server: Server }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  )
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  return { url: `http://127.0.0.1:${port}`, port, server }
}

function anEgress(options: Partial<EgressOptions> = {}): ClosableEgress {
  const egress = createEgress({ modelEndpointAllowPrivate: true, ...options })
  closers.push(() => egress.close())
  return egress
}

async function failureOf(promise: Promise<unknown>): Promise<EgressError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof EgressError)) throw new TypeError(`expected an EgressError, got ${String(error)}`)
  return error
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('a request', () => {
  it('carries method, headers and body, and brings status, headers and body back', async () => {
    const { url } = await serve(async (request, response) => {
      response.writeHead(201, { 'x-method': request.method, 'x-custom': request.headers['x-custom'], 'set-cookie': ['a=1', 'b=2'] })
      response.end(`got ${await bodyOf(request)}`)
    })
    const response = await anEgress().request({
      url: `${url}/path?q=1`,
      policy: 'operator',
      method: 'PUT',
      headers: { 'X-Custom': 'yes', Connection: 'close', 'Content-Length': '999', 'Transfer-Encoding': 'chunked' },
      body: 'grüße',
    })
    expect(response).toMatchObject({ status: 201, url: `${url}/path?q=1` })
    expect(response.headers).toMatchObject({ 'x-method': 'PUT', 'x-custom': 'yes', 'set-cookie': 'a=1, b=2' })
    expect(await response.text()).toBe('got grüße')
  })

  it('turns credentials in the address into a header', async () => {
    const { port } = await serve((request, response) => response.end(request.headers.authorization))
    const response = await anEgress().request({ url: `http://user:p%40ss@127.0.0.1:${port}/`, policy: 'operator' })
    expect(await response.text()).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`)
    expect(response.url).toBe(`http://127.0.0.1:${port}/`)
  })

  it('hands out chunks as they come and closes the connection when the reader stops', async () => {
    let closed: (() => void) | undefined
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve
    })
    const { url } = await serve((_request, response) => {
      response.on('close', () => closed?.())
      response.write('first')
    })
    const response = await anEgress().request({ url, policy: 'operator' })
    for await (const chunk of response.chunks) {
      expect(Buffer.from(chunk).toString()).toBe('first')
      break
    }
    await isClosed
  })

  it('closes the connection also when a bounded or compressed reader stops before its first read', async () => {
    const { url, server } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.write(gzipSync('x'))
    })
    const closed = new Promise<void>((resolve) => server.on('connection', (socket) => socket.on('close', () => resolve())))
    const response = await anEgress().request({ url, policy: 'operator', maxResponseBytes: 10 })
    await response.chunks[Symbol.asyncIterator]().return?.()
    await closed
  })

  it('keeps up with a body larger than its buffer', async () => {
    const { url } = await serve((_request, response) => response.end(Buffer.alloc(12_000_000, 'a')))
    const bytes = await (await anEgress().request({ url, policy: 'operator' })).bytes()
    expect(bytes.length).toBe(12_000_000)
  })

  it('opens as many connections as there are streams', async () => {
    const open: (() => void)[] = []
    const { url } = await serve((_request, response) => {
      response.write('x')
      open.push(() => response.end())
    })
    const egress = anEgress()
    const responses = await Promise.all(Array.from({ length: 200 }, () => egress.request({ url, policy: 'operator' })))
    for (const end of open) end()
    expect(await Promise.all(responses.map((response) => response.text()))).toEqual(Array(200).fill('x'))
  })

  it('uses connections again', async () => {
    let connections = 0
    const { url, server } = await serve((_request, response) => response.end('x'))
    server.on('connection', () => {
      connections += 1
    })
    const egress = anEgress()
    for (let index = 0; index < 20; index++) await (await egress.request({ url, policy: 'operator' })).text()
    // Undici frees a connection a tick after the body's end, so a second one takes turns with it.
    expect(connections).toBeLessThan(3)
  })
})

describe('compression', () => {
  const text = 'hello '.repeat(1000)
  it.each([
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity', Buffer.from(text)],
  ])('is undone: %s', async (encoding, body) => {
    const { url } = await serve((_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body))
    expect(await (await anEgress().request({ url, policy: 'operator' })).text()).toBe(text)
  })

  it('counts the bytes that come out, not those that go in', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
    )
    const response = await anEgress().request({ url, policy: 'operator', maxResponseBytes: 1_000_000 })
    expect(await failureOf(response.bytes())).toMatchObject({ failure: 'too-large', rule: 'max-response-bytes' })
  })

  it.each([
    ['mislabelled', Buffer.from('plain text')],
    ['cut off', gzipSync(text).subarray(0, 20)],
  ])('fails when the body is %s', async (_title, body) => {
    const { url } = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body))
    const response = await anEgress().request({ url, policy: 'operator' })
    expect(await failureOf(response.bytes())).toMatchObject({ failure: 'connection' })
  })

  it('is asked for on content requests only', async () => {
    const { url } = await serve((request, response) => response.end(request.headers['accept-encoding'] ?? 'none'))
    const egress = anEgress({ allowedHosts: ['127.0.0.1'] })
    expect(await (await egress.request({ url, policy: 'content' })).text()).toBe('gzip, deflate, br')
    expect(await (await egress.request({ url, policy: 'model' })).text()).toBe('none')
  })
})

describe('redirects', () => {
  const routes: RequestListener = async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    if (pathname === '/echo') {
      const { method, headers } = request
      response.end(
        JSON.stringify({
          method,
          auth: headers.authorization,
          cookie: headers.cookie,
          type: headers['content-type'],
          body: await bodyOf(request),
        }),
      )
    } else if (pathname === '/loop') response.writeHead(302, { location: '/loop' }).end()
    else response.writeHead(Number(pathname.slice(1)), { location: searchParams.get('to') ?? '/echo' }).end('moved')
  }
  const sent = { method: 'POST', headers: { authorization: 'Bearer k', cookie: 'c', 'content-type': 'text/plain' }, body: 'b' } as const

  it('are handed to the caller by default', async () => {
    const { url } = await serve(routes)
    expect(await anEgress().request({ url: `${url}/302`, policy: 'operator' })).toMatchObject({
      status: 302,
      headers: { location: '/echo' },
    })
  })

  it.each([
    [301, { method: 'GET', auth: 'Bearer k', cookie: 'c', body: '' }],
    [302, { method: 'GET', auth: 'Bearer k', cookie: 'c', body: '' }],
    [303, { method: 'GET', auth: 'Bearer k', cookie: 'c', body: '' }],
    [307, { method: 'POST', auth: 'Bearer k', cookie: 'c', type: 'text/plain', body: 'b' }],
    [308, { method: 'POST', auth: 'Bearer k', cookie: 'c', type: 'text/plain', body: 'b' }],
  ])('are followed on request: %d', async (status, expected) => {
    const { url } = await serve(routes)
    const response = await anEgress().request({ url: `${url}/${status}`, policy: 'operator', maxRedirects: 3, ...sent })
    expect(response.url).toBe(`${url}/echo`)
    expect(JSON.parse(await response.text())).toEqual(expected)
  })

  it('lose their secrets on the way to another origin', async () => {
    const { url } = await serve(routes)
    const other = await serve(routes)
    const to = encodeURIComponent(`${other.url}/echo`)
    const response = await anEgress().request({ url: `${url}/307?to=${to}`, policy: 'operator', maxRedirects: 1, ...sent })
    expect(JSON.parse(await response.text())).toEqual({ method: 'POST', type: 'text/plain', body: 'b' })
  })

  it('end after the agreed number', async () => {
    const { url } = await serve(routes)
    const error = await failureOf(anEgress().request({ url: `${url}/loop`, policy: 'operator', maxRedirects: 3 }))
    expect(error).toMatchObject({ failure: 'refused', rule: 'too-many-redirects' })
  })

  it.each([
    ['http://169.254.169.254/latest', 'metadata-address'],
    ['http://[::1]:1/', 'loopback-address'],
    ['http://internal.test/', 'private-address'],
    ['file:///etc/passwd', 'scheme'],
  ])('are checked like the first address: %s', async (to, rule) => {
    const { port } = await serve(routes)
    const lookup = async (host: string) => [{ address: host === 'start.test' ? '127.0.0.1' : '10.0.0.1', family: 4 }]
    const egress = anEgress({ lookup, allowedHosts: ['start.test'] })
    const url = `http://start.test:${port}/302?to=${encodeURIComponent(to)}`
    expect(await failureOf(egress.request({ url, policy: 'content', maxRedirects: 3 }))).toMatchObject({ failure: 'refused', rule })
  })
})

describe('policies', () => {
  const lookup = async (host: string) => (HOSTS[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const HOSTS: Record<string, readonly string[]> = {
    'private.test': ['10.1.2.3'],
    'private.test.': ['10.1.2.3'],
    'mixed.test': ['93.184.216.34', '127.0.0.1'],
    'meta.test': ['169.254.169.254'],
    'mapped.test': ['::ffff:169.254.169.254'],
    'local.test': ['127.0.0.1'],
    'zone.test': ['fe80::1%eth0'],
  }

  it.each<[EgressPolicy, string, string]>([
    ['content', 'http://127.0.0.1/', 'loopback-address'],
    ['content', 'http://2130706433/', 'loopback-address'],
    ['content', 'http://[::ffff:10.0.0.1]/', 'private-address'],
    ['content', 'http://private.test/', 'private-address'],
    ['content', 'http://private.test./', 'private-address'],
    ['content', 'http://mixed.test/', 'loopback-address'],
    ['content', 'http://meta.test/', 'metadata-address'],
    ['content', 'http://mapped.test/', 'metadata-address'],
    ['content', 'http://zone.test/', 'link-local-address'],
    ['content', 'http://metadata.google.internal/', 'metadata-address'],
    ['content', 'http://8.8.8.8@127.0.0.1/', 'loopback-address'],
    ['content', 'ftp://example.com/', 'scheme'],
    ['content', 'http://[fe80::1%25eth0]/', 'invalid-url'],
    ['content', 'not a url', 'invalid-url'],
    ['model', 'http://169.254.169.254/', 'metadata-address'],
    ['model', 'http://[::ffff:a9fe:a9fe]/', 'metadata-address'],
    ['model', 'http://meta.test/', 'metadata-address'],
    ['model', 'http://224.0.0.1/', 'multicast-address'],
    ['operator', 'file:///etc/passwd', 'scheme'],
  ])('%s may not reach %s: %s', async (policy, url, rule) => {
    const error = await failureOf(anEgress({ lookup }).request({ url, policy }))
    expect(error).toMatchObject({ failure: 'refused', rule })
  })

  it('forbid private model endpoints where the operator says so', async () => {
    const egress = anEgress({ lookup, modelEndpointAllowPrivate: false })
    expect(await failureOf(egress.request({ url: 'http://private.test/', policy: 'model' }))).toMatchObject({ rule: 'private-address' })
  })

  it.each<[string, EgressPolicy, string, Partial<EgressOptions>]>([
    ['operators reach everything', 'operator', 'local.test', {}],
    ['models reach private addresses', 'model', 'local.test', {}],
    ['content reaches allowed hosts', 'content', 'local.test', { allowedHosts: ['Local.Test'] }],
    ['content reaches hosts below an allowed domain', 'content', 'local.test', { allowedHosts: ['*.test'] }],
    ['content reaches allowed networks', 'content', 'local.test', { allowedHosts: ['127.0.0.0/8'] }],
    ['models reach allowed networks', 'model', '127.0.0.1', { allowedHosts: ['127.0.0.1'], modelEndpointAllowPrivate: false }],
  ])('%s', async (_title, policy, host, options) => {
    const { port } = await serve((request, response) => response.end(request.headers.host))
    const response = await anEgress({ lookup, ...options }).request({ url: `http://${host}:${port}/`, policy })
    expect(await response.text()).toBe(`${host}:${port}`)
  })

  it('keep metadata closed even to the allow-list', async () => {
    const egress = anEgress({ lookup, allowedHosts: ['meta.test', '169.254.0.0/16'] })
    expect(await failureOf(egress.request({ url: 'http://meta.test/', policy: 'content' }))).toMatchObject({ rule: 'metadata-address' })
  })

  it('dial the very address that was checked', async () => {
    const { port } = await serve((_request, response) => response.end('x'))
    let asked = 0
    const rebinding = async () => {
      asked += 1
      return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
    }
    const egress = anEgress({ lookup: rebinding })
    expect(await (await egress.request({ url: `http://rebind.test:${port}/`, policy: 'model' })).text()).toBe('x')
    expect(asked).toBe(1)
  })

  it('never share a connection', async () => {
    const { port } = await serve((_request, response) => response.end('x'))
    const egress = anEgress({ lookup })
    await (await egress.request({ url: `http://local.test:${port}/`, policy: 'operator' })).text()
    expect(await failureOf(egress.request({ url: `http://local.test:${port}/`, policy: 'content' }))).toMatchObject({
      rule: 'loopback-address',
    })
  })

  it('go through the proxy for content, after our own check', async () => {
    const { url } = await serve((request, response) => response.end(`proxied ${request.url}`))
    const open = async (host: string) => [{ address: host === 'inner.test' ? '10.0.0.1' : '93.184.216.34', family: 4 }]
    const egress = anEgress({ proxies: { http: url }, lookup: open })
    expect(await (await egress.request({ url: 'http://example.test/a', policy: 'content' })).text()).toBe('proxied http://example.test/a')
    expect(await failureOf(egress.request({ url: 'http://inner.test/', policy: 'content' }))).toMatchObject({ rule: 'private-address' })
  })
})

describe('failures', () => {
  it('name a host that does not exist', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    const error = await failureOf(anEgress({ lookup }).request({ url: 'http://nowhere.test/', policy: 'content' }))
    expect(error).toMatchObject({ failure: 'connection', message: 'The name nowhere.test cannot be resolved.' })
  })

  it('name a port that nobody listens on', async () => {
    const { url, server } = await serve(() => undefined)
    await new Promise((resolve) => server.close(resolve))
    expect(await failureOf(anEgress().request({ url, policy: 'operator' }))).toMatchObject({ failure: 'connection' })
  })

  it('tell a cut connection from an end', async () => {
    const { url } = await serve((_request, response) => {
      response.write('part', () => response.destroy())
    })
    const response = await anEgress().request({ url, policy: 'operator' })
    expect(await failureOf(response.text())).toMatchObject({ failure: 'connection' })
  })

  it('time out while connecting', async () => {
    const lookup = () => new Promise<never>(() => undefined)
    const error = await failureOf(anEgress({ lookup }).request({ url: 'http://slow.test/', policy: 'operator', connectTimeoutMs: 20 }))
    expect(error).toMatchObject({ failure: 'timeout' })
  })

  it('time out while waiting for headers', async () => {
    const { url } = await serve(() => undefined)
    expect(await failureOf(anEgress().request({ url, policy: 'operator', headersTimeoutMs: 50 }))).toMatchObject({ failure: 'timeout' })
  })

  it('time out in a silent body', async () => {
    const { url } = await serve((_request, response) => {
      response.write('x')
    })
    const response = await anEgress().request({ url, policy: 'operator', idleTimeoutMs: 50 })
    expect(await failureOf(response.text())).toMatchObject({ failure: 'timeout' })
  })

  it('stop on abort: before, while waiting, and in the body', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/body') response.write('x')
    })
    const egress = anEgress()
    const before = AbortSignal.abort('early')
    expect(await failureOf(egress.request({ url, policy: 'operator', signal: before }))).toMatchObject({
      failure: 'aborted',
      cause: 'early',
    })

    const waiting = new AbortController()
    const pending = egress.request({ url, policy: 'operator', signal: waiting.signal })
    waiting.abort('late')
    expect(await failureOf(pending)).toMatchObject({ failure: 'aborted', cause: 'late' })

    const reading = new AbortController()
    const response = await egress.request({ url: `${url}/body`, policy: 'operator', signal: reading.signal })
    const text = response.text()
    reading.abort('later')
    expect(await failureOf(text)).toMatchObject({ failure: 'aborted', cause: 'later' })
  })

  it('refuse headers that are not HTTP', async () => {
    const error = await failureOf(anEgress().request({ url: 'http://127.0.0.1:9/', policy: 'operator', headers: { 'x-a': 'b\r\nc: d' } }))
    expect(error).toMatchObject({ failure: 'refused', rule: 'invalid-request' })
  })
})

describe('fetchFor', () => {
  it('works like fetch', async () => {
    const { url } = await serve(async (request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/x' }).end()
      else if (request.url === '/empty') response.writeHead(204).end()
      else response.writeHead(418, { 'x-a': '1' }).end(`${request.method} ${await bodyOf(request)}`)
    })
    const fetch = anEgress().fetchFor('operator')
    const response = await fetch(`${url}/x`, { method: 'POST', body: 'hi' })
    expect({ status: response.status, ok: response.ok, url: response.url, a: response.headers.get('x-a') }).toEqual({
      status: 418,
      ok: false,
      url: `${url}/x`,
      a: '1',
    })
    expect(await response.text()).toBe('POST hi')
    expect(await (await fetch(`${url}/moved`)).text()).toBe('GET ')
    expect((await fetch(`${url}/moved`, { redirect: 'manual' })).status).toBe(302)
    expect((await fetch(`${url}/empty`)).body).toBeNull()
  })

  it('fails like fetch', async () => {
    const fetch = anEgress().fetchFor('content')
    const error: unknown = await fetch('http://127.0.0.1:9/').catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message: 'fetch failed', cause: { rule: 'loopback-address' } })
  })

  it('aborts like fetch, the body included', async () => {
    const { url } = await serve((_request, response) => {
      response.write('x')
    })
    const controller = new AbortController()
    const response = await anEgress().fetchFor('operator')(url, { signal: controller.signal })
    const text = response.text()
    controller.abort()
    await expect(text).rejects.toMatchObject({ name: 'AbortError' })
  })
})
