import type { RequestListener } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bodyOf, failureOf, useEgress } from './testing/use-egress.ts'

const { serve, anEgress } = useEgress()

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
