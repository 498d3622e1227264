import { afterEach, describe, expect, it } from 'vitest'
import { createEgressGuard } from '../egress/index.ts'
import { bodyOf, closeAll, openTunnel, sendRaw, serve, serveTcp, startProxy, textOf } from './proxy-for-tests.ts'

afterEach(closeAll)

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
