import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { EgressError, type EgressRequest } from '@trellis/spec'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type Attack,
  closedPorts,
  localNames,
  metadata,
  notUrls,
  otherNetworks,
  otherSchemes,
  resolvedNames,
  spelledLoopback,
  unspecified,
} from './attack-corpus.ts'
import { type ClosableEgress, createEgress, type EgressOptions } from './create-egress.ts'
import type { HostLookup } from './guard.ts'

const closers: (() => Promise<unknown> | unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function serve(listener: RequestListener): Promise<{ readonly port: number; readonly seen: readonly IncomingMessage[] }> {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, seen } // a TCP server that listens has one
}

/** What nobody may reach: a server on this machine. */
const serveSecret = () => serve((_request, response) => response.end('secret'))

const addressesOf = new Map(resolvedNames.map(({ url, addresses }) => [new URL(url.replace(':PORT', '')).hostname, addresses]))

/** As an attacker's name server answers; `open.test` is where the operator lets content go. */
const lookup: HostLookup = async (hostname) => {
  const addresses = hostname === 'open.test' ? ['127.0.0.1'] : addressesOf.get(hostname)
  if (addresses === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
}

function anEgress(options: Partial<EgressOptions> = {}): ClosableEgress {
  const egress = createEgress({ modelEndpointAllowPrivate: true, allowedHosts: ['open.test'], lookup, ...options })
  closers.push(() => egress.close())
  return egress
}

async function refusalOf(request: Omit<EgressRequest, 'policy'>, egress = anEgress()): Promise<EgressError> {
  const error: unknown = await egress.request({ ...request, policy: 'content' }).then(
    (response) => new TypeError(`it was answered ${response.status}`),
    (reason: unknown) => reason,
  )
  if (error instanceof EgressError) return error
  throw error
}

const corpus: readonly (readonly [subject: string, attacks: readonly Attack[]])[] = [
  ['this machine, spelled somehow', spelledLoopback],
  ['this machine by name', localNames],
  ['the unspecified address', unspecified],
  ['other networks', otherNetworks],
  ['metadata services', metadata],
  ['names that lead inside', resolvedNames],
  ['other schemes', otherSchemes],
  ['what is no address', notUrls],
  ['ports of other protocols', closedPorts],
]

describe.each(corpus)('content may not reach %s', (_subject, attacks) => {
  it.each(attacks)('$url: rule $rule', async ({ url, rule }) => {
    const secret = await serveSecret()
    const error = await refusalOf({ url: url.replaceAll('PORT', String(secret.port)), maxRedirects: 5 })
    expect(error).toMatchObject({ failure: 'refused', rule, message: expect.stringContaining(`(rule ${rule})`) })
    expect(secret.seen).toEqual([])
  })
})

describe('each refusal', () => {
  it('names its rule and how it is lifted', async () => {
    const lines: string[] = []
    for (const [subject, attacks] of corpus) {
      lines.push(`\n${subject}\n`)
      for (const { url } of attacks) lines.push(`${url}\n    ${(await refusalOf({ url: url.replaceAll('PORT', '8080') })).message}`)
    }
    await expect(`${lines.join('\n').trim()}\n`).toMatchFileSnapshot('./__snapshots__/attack-messages.txt')
  })

  it.each(['10.0.0.1', 'private.test', '192.168.0.1', '[fc00::1]', 'localhost'])('is lifted by what it says: %s', async (host) => {
    const { message } = await refusalOf({ url: `http://${host}/` })
    const allowed = /EGRESS_ALLOWED_HOSTS=(\S+?)\.?$/.exec(message)?.[1] ?? ''
    const egress = anEgress({ allowedHosts: [allowed] })
    expect(() => egress.guard.checkTarget({ hostname: host, port: 25, policy: 'content' })).not.toThrow()
  })
})

describe('redirects', () => {
  const TARGETS: readonly (readonly [location: string, rule: string])[] = [
    ['http://127.0.0.1:PORT/', 'loopback-address'],
    ['//127.0.0.1:PORT/', 'loopback-address'],
    ['\\\\127.0.0.1:PORT\\', 'loopback-address'],
    ['/\\127.0.0.1:PORT/', 'loopback-address'],
    ['http://2130706433:PORT/', 'loopback-address'],
    ['http://[::1]:PORT/', 'loopback-address'],
    ['http://open.test@127.0.0.1:PORT/', 'loopback-address'],
    ['https://localhost:PORT/', 'loopback-address'],
    ['http://private.test/', 'private-address'],
    ['http://public-first.test/', 'private-address'],
    ['http://169.254.169.254/latest/meta-data/', 'metadata-address'],
    ['http://93.184.216.34:25/', 'port'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://127.0.0.1:PORT/_', 'scheme'],
    ['ftp://127.0.0.1/', 'scheme'],
    ['data:text/plain,hello', 'scheme'],
    ['blob:http://open.test/1', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['http://[fe80::1%25eth0]/', 'invalid-url'],
  ]
  const cases = [301, 302, 303, 307, 308].flatMap((status) => TARGETS.map(([location, rule]) => ({ status, location, rule })))

  it.each(cases)('$status to $location: rule $rule', async ({ status, location, rule }) => {
    const secret = await serveSecret()
    const hop = await serve((request, response) => {
      // One more hop within what is allowed, first relative, then away.
      const to = request.url === '/start' ? 'then' : location.replaceAll('PORT', String(secret.port))
      response.writeHead(status, { location: to }).end()
    })
    const error = await refusalOf({ url: `http://open.test:${hop.port}/start`, method: 'POST', body: 'x', maxRedirects: 5 })
    expect(error).toMatchObject({ failure: 'refused', rule })
    expect(hop.seen).toHaveLength(2)
    expect(secret.seen).toEqual([])
  })

  it('do not carry what names the caller to another origin', async () => {
    const other = await serve((request, response) => response.end(JSON.stringify(request.headers)))
    const hop = await serve((_request, response) => response.writeHead(307, { location: `http://other.test:${other.port}/` }).end())
    const egress = anEgress({
      allowedHosts: ['*.test'],
      lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    })
    const secrets = {
      Authorization: 'Bearer hush',
      Cookie: 'hush',
      'X-Api-Key': 'hush',
      'Proxy-Authorization': 'hush',
      Host: 'hush.test',
      'X-Kept': 'yes',
    }
    const request = { url: `http://open.test:${hop.port}/`, policy: 'content', headers: secrets, maxRedirects: 1 } as const
    const text = await (await egress.request(request)).text()
    expect(JSON.parse(text)).toMatchObject({ host: `other.test:${other.port}`, 'x-kept': 'yes' })
    expect(text).not.toContain('hush')
  })
})

describe('a resolver that changes its mind', () => {
  const flipping = (answers: readonly string[]) => {
    let asked = 0
    const flip: HostLookup = async () => {
      const address = answers[Math.min(asked, answers.length - 1)] ?? ''
      asked += 1
      return [{ address, family: 4 }]
    }
    return { flip, asked: () => asked }
  }

  it('is asked once a connection, and what it said then is dialled', async () => {
    const secret = await serveSecret()
    const { flip, asked } = flipping(['10.0.0.1', '127.0.0.1'])
    const egress = anEgress({ lookup: flip, allowedHosts: [] })
    expect(await refusalOf({ url: `http://rebind.test:${secret.port}/` }, egress)).toMatchObject({ rule: 'private-address' })
    expect(asked()).toBe(1)
    expect(await refusalOf({ url: `http://rebind.test:${secret.port}/` }, egress)).toMatchObject({ rule: 'loopback-address' })
    expect(secret.seen).toEqual([])
  })

  it('gains nothing by a redirect to the same name', async () => {
    const hop = await serve((_request, response) => response.writeHead(302, { location: '/again', connection: 'close' }).end())
    const { flip, asked } = flipping(['127.0.0.1', '169.254.169.254'])
    const egress = anEgress({ lookup: flip, allowedHosts: ['rebind.test'] })
    expect(await refusalOf({ url: `http://rebind.test:${hop.port}/`, maxRedirects: 3 }, egress)).toMatchObject({ rule: 'metadata-address' })
    expect(asked()).toBe(2)
  })

  it('gains nothing by a connection that somebody else opened', async () => {
    const secret = await serveSecret()
    const egress = anEgress({ allowedHosts: [], lookup: async () => [{ address: '127.0.0.1', family: 4 }] })
    const url = `http://shared.test:${secret.port}/`
    await (await egress.request({ url, policy: 'model' })).text()
    await (await egress.request({ url, policy: 'content', allowedHosts: ['shared.test'] })).text()
    expect(await refusalOf({ url }, egress)).toMatchObject({ rule: 'loopback-address' })
    expect(await refusalOf({ url, allowedHosts: ['other.test'] }, egress)).toMatchObject({ rule: 'loopback-address' })
    expect(secret.seen).toHaveLength(2)
  })
})

describe('injection', () => {
  it.each<[string, Record<string, string>]>([
    ['a value with CR LF', { 'X-A': 'b\r\nX-Injected: 1' }],
    ['a value with LF', { 'X-A': 'b\nX-Injected: 1' }],
    ['a value with CR', { 'X-A': 'b\rX-Injected: 1' }],
    ['a value with NUL', { 'X-A': 'b\0' }],
    ['a value beyond Latin-1', { 'X-A': 'b\u{560d}\u{560a}X-Injected: 1' }],
    ['a name with CR LF', { 'X-A: 1\r\nX-Injected': '1' }],
    ['a name with a colon', { 'X-A:': '1' }],
    ['a name with a space', { 'X A': '1' }],
    ['an empty name', { '': '1' }],
    ['a Host with CR LF', { Host: 'open.test\r\nX-Injected: 1' }],
  ])('by %s is refused', async (_title, headers) => {
    const server = await serve((_request, response) => response.end())
    const error = await refusalOf({ url: `http://open.test:${server.port}/`, headers })
    expect(error).toMatchObject({ failure: 'refused', rule: 'invalid-request' })
    expect(server.seen).toEqual([])
  })

  it('by the method is refused', async () => {
    const server = await serve((_request, response) => response.end())
    const method = 'GET / HTTP/1.1\r\nX-Injected: 1\r\n\r\nGET' as 'GET' // as it may come from content that nobody checked
    expect(await refusalOf({ url: `http://open.test:${server.port}/`, method })).toMatchObject({ rule: 'invalid-request' })
    expect(server.seen).toEqual([])
  })

  it.each(['/a\r\nX-Injected: 1', '/a\nb', '/a\tb', '/a\0b', '?q=\r\nHost: evil.test', '#\r\nX: 1'])(
    'by the path %j is refused',
    async (path) => {
      const server = await serve((_request, response) => response.end())
      expect(await refusalOf({ url: `http://open.test:${server.port}${path}` })).toMatchObject({ rule: 'invalid-url' })
      expect(server.seen).toEqual([])
    },
  )

  it('of percent-encoded lines stays percent-encoded', async () => {
    const server = await serve((_request, response) => response.end())
    await anEgress().request({ url: `http://open.test:${server.port}/a%0d%0aX-Injected:%201?b=%0D%0A`, policy: 'content' })
    expect(server.seen[0]?.url).toBe('/a%0d%0aX-Injected:%201?b=%0D%0A')
    expect(server.seen[0]?.headers).not.toHaveProperty('x-injected')
  })

  it('of headers that frame the message has no effect', async () => {
    const server = await serve((_request, response) => response.end())
    const headers = {
      'Transfer-Encoding': 'chunked',
      'Content-Length': '100',
      Connection: 'X-Own, upgrade',
      Upgrade: 'h2c',
      'Keep-Alive': 'timeout=9',
      TE: 'trailers',
      Trailer: 'X',
      Expect: '100-continue',
      'X-Own': '1',
    }
    await anEgress().request({ url: `http://open.test:${server.port}/`, policy: 'content', method: 'POST', headers, body: 'abc' })
    const seen = server.seen[0]?.headers
    expect(seen).toMatchObject({ 'content-length': '3', 'x-own': '1' })
    for (const name of ['transfer-encoding', 'upgrade', 'te', 'trailer', 'expect']) expect(seen).not.toHaveProperty(name)
  })

  it('of another Host changes the header alone: the address that was checked is asked', async () => {
    const server = await serve((request, response) => response.end(request.headers.host))
    const request = { url: `http://open.test:${server.port}/`, policy: 'content', headers: { host: '169.254.169.254' } } as const
    expect(await (await anEgress().request(request)).text()).toBe('169.254.169.254')
    expect(await refusalOf({ url: 'http://169.254.169.254/', headers: { host: 'open.test' } })).toMatchObject({ rule: 'metadata-address' })
  })
})

describe('too much', () => {
  it('of an address is refused', async () => {
    const error = await refusalOf({ url: `http://open.test/?${'a'.repeat(70_000)}` })
    expect(error).toMatchObject({ rule: 'url-length' })
    expect(error.message.length).toBeLessThan(200)
  })

  it('in few bytes is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(150 * 1024 * 1024))
    const server = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    const response = await anEgress().request({ url: `http://open.test:${server.port}/`, policy: 'content' })
    await expect(response.bytes()).rejects.toMatchObject({ failure: 'too-large', rule: 'max-response-bytes' })
  })

  it('of headers is not read', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(1_000_000)}`))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    const { port } = server.address() as AddressInfo // the same
    const error = await refusalOf({ url: `http://open.test:${port}/` })
    expect(error).toMatchObject({ failure: 'too-large', rule: 'max-header-bytes' })
  })
})

describe('with a proxy that resolves for itself', () => {
  it.each([...spelledLoopback.slice(0, 12), ...localNames, ...metadata, ...resolvedNames, ...closedPorts.slice(0, 2)])(
    '$url is refused before it is asked: rule $rule',
    async ({ url, rule }) => {
      const proxy = await serve((_request, response) => response.end('passed on'))
      const address = `http://127.0.0.1:${proxy.port}`
      const egress = anEgress({ proxies: { http: address, https: address } })
      expect(await refusalOf({ url: url.replaceAll('PORT', '8080') }, egress)).toMatchObject({ failure: 'refused', rule })
      expect(proxy.seen).toEqual([])
    },
  )

  it('names that only it can resolve are its to judge', async () => {
    const proxy = await serve((request, response) => response.end(`passed on ${request.url}`))
    const egress = anEgress({ proxies: { http: `http://127.0.0.1:${proxy.port}` } })
    expect(await (await egress.request({ url: 'http://outside.test/a?b', policy: 'content' })).text()).toBe(
      'passed on http://outside.test/a?b',
    )
  })
})
