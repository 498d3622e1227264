import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { EgressError, type EgressRequest } from '@trellis/spec'
import { afterEach, describe, expect, it } from 'vitest'
import { createEgress, type EgressOptions } from './create-egress.ts'
import { createMultipartBody } from './multipart.ts'
import { selfSigned } from './self-signed.ts'

const closers: (() => Promise<unknown> | unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port // a TCP server that listens has one
}

const serve = async (listener: RequestListener): Promise<string> => `http://127.0.0.1:${await listen(createServer(listener))}`

function anEgress(options: Partial<EgressOptions> = {}) {
  const egress = createEgress({ modelEndpointAllowPrivate: true, ...options })
  closers.push(() => egress.close())
  return egress
}

const send = (request: Omit<EgressRequest, 'policy'>) => anEgress().request({ ...request, policy: 'operator' })

async function failureOf(promise: Promise<unknown>): Promise<EgressError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof EgressError) return error
  throw new TypeError(`expected an EgressError, got ${String(error)}`)
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part)
  return Buffer.concat(parts)
}

/** Answers with what it was sent. */
const echo: RequestListener = async (request, response) => {
  const body = await bytesOf(request)
  const { method, url, headers } = request
  response.end(JSON.stringify({ method, url, headers, body: body.toString('latin1') }))
}

const pieces = (...texts: readonly string[]) =>
  async function* () {
    for (const text of texts) yield Buffer.from(text)
  }

describe('the body of a request', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('goes with %s', async (method) => {
    expect(JSON.parse(await (await send({ url: await serve(echo), method, body: 'abc' })).text())).toMatchObject({ method, body: 'abc' })
  })

  it('may be opened when it is sent, in chunks or with its size', async () => {
    const url = await serve(echo)
    const chunked: unknown = JSON.parse(await (await send({ url, method: 'POST', body: pieces('a', 'bc') })).text())
    expect(chunked).toMatchObject({ body: 'abc', headers: { 'transfer-encoding': 'chunked' } })
    const sized: unknown = JSON.parse(await (await send({ url, method: 'POST', body: pieces('a', 'bc'), bodySizeBytes: 3 })).text())
    expect(sized).toMatchObject({ body: 'abc', headers: { 'content-length': '3' } })
  })

  it('is opened again by a redirect that keeps the method', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/echo') void echo(request, response)
      else request.resume().on('end', () => response.writeHead(307, { location: '/echo' }).end())
    })
    const response = await send({ url, method: 'POST', body: pieces('a', 'b'), bodySizeBytes: 2, maxRedirects: 1 })
    expect(JSON.parse(await response.text())).toMatchObject({ method: 'POST', body: 'ab' })
  })

  it('that is not what its size says is refused', async () => {
    const error = await failureOf(send({ url: await serve(echo), method: 'POST', body: pieces('abc'), bodySizeBytes: 2 }))
    expect(error).toMatchObject({ failure: 'refused', rule: 'invalid-request' })
  })

  it('arrives whole where it is sent in pieces for the sake of its time limit', async () => {
    const body = Buffer.alloc(300_000, 'x')
    const response = await send({ url: await serve(echo), method: 'POST', body, writeTimeoutMs: 10_000 })
    expect(JSON.parse(await response.text())).toMatchObject({ body: body.toString(), headers: { 'content-length': '300000' } })
  })

  it('is given up where nobody takes it', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.pause()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    const { port } = server.address() as AddressInfo // the same
    const body = Buffer.alloc(64 * 1024 * 1024)
    const error = await failureOf(send({ url: `http://127.0.0.1:${port}/`, method: 'POST', body, writeTimeoutMs: 100 }))
    expect(error).toMatchObject({ failure: 'timeout', message: expect.stringContaining('took nothing') })
  })
})

describe('a form', () => {
  it('carries fields and files, streamed ones too, and repeated names', async () => {
    const url = await serve(echo)
    const form = createMultipartBody([
      { name: 'text', value: 'grüße' },
      { name: 'file', filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('one') },
      { name: 'file', filename: 'b.bin', contentType: 'application/x-b', content: { open: pieces('t', 'wo'), sizeBytes: 3 } },
      { name: '__multipart_placeholder__', filename: '', contentType: 'application/octet-stream', content: new Uint8Array() },
    ])
    const headers = { 'content-type': form.contentType }
    const text = await (await send({ url, method: 'POST', headers, body: form.body, bodySizeBytes: form.bodySizeBytes })).text()
    const seen = JSON.parse(text) as { readonly body: string; readonly headers: Record<string, string> } // what `echo` writes
    expect(seen.headers['content-length']).toBe(String(form.bodySizeBytes))
    const parsed = await new Response(Buffer.from(seen.body, 'latin1'), { headers }).formData()
    expect(parsed.get('text')).toBe('grüße')
    const files = parsed.getAll('file').filter((entry) => entry instanceof File)
    expect(await Promise.all(files.map(async (file) => [file.name, file.type, await file.text()]))).toEqual([
      ['a.txt', 'text/plain', 'one'],
      ['b.bin', 'application/x-b', 'two'],
    ])
  })

  it('takes no lines from names and types', async () => {
    const form = createMultipartBody([
      { name: 'a"\r\nX: 1\r\n\r\nb', value: '1' },
      { name: 'f', filename: '"; x="\r\n', contentType: 'text/plain\r\nX: 1', content: Buffer.from('1') },
    ])
    let text = ''
    for await (const chunk of form.body()) text += Buffer.from(chunk).toString()
    expect(text).toContain('name="a%22%0D%0AX: 1%0D%0A%0D%0Ab"')
    expect(text).toContain('filename="%22; x=%22%0D%0A"\r\nContent-Type: application/octet-stream\r\n')
    expect(text).not.toMatch(/^X: 1/m)
  })
})

describe('the address', () => {
  it.each(['/', '/?', '/a%2Fb', "/a?b=%20+&c=&c=1&d=[1]'", '/%E4?x=ä', '/a;b=c?d;e'])('is asked for as it is written: %s', async (path) => {
    const url = await serve(echo)
    expect(JSON.parse(await (await send({ url: `${url}${path}#hash` })).text())).toMatchObject({
      url: path.replace('ä', '%C3%A4').replace("'", '%27'),
    })
  })
})

describe('certificates', () => {
  const serveTls = async () => listen(createTlsServer(selfSigned, (request, response) => response.end(request.headers.host)))
  const lookup = async () => [{ address: '127.0.0.1', family: 4 }]

  it('must be trusted, unless the request says otherwise; the two never share a connection', async () => {
    const port = await serveTls()
    const egress = anEgress({ lookup, allowedHosts: ['secure.test'] })
    const request = { url: `https://secure.test:${port}/`, policy: 'content' } as const
    expect(await (await egress.request({ ...request, verifiesCertificate: false })).text()).toBe(`secure.test:${port}`)
    expect(await failureOf(egress.request(request))).toMatchObject({ failure: 'connection', rule: 'certificate' })
  })

  it('are those of the address, whatever Host says', async () => {
    const port = await serveTls()
    const egress = anEgress({ lookup, allowedHosts: ['secure.test'] })
    const headers = { host: 'other.test' }
    const response = await egress.request({ url: `https://secure.test:${port}/`, policy: 'content', headers, verifiesCertificate: false })
    expect(await response.text()).toBe('other.test')
  })

  it('are missed where TLS is not spoken', async () => {
    const url = await serve(echo)
    const error = await failureOf(send({ url: url.replace('http:', 'https:') }))
    expect(error).toMatchObject({ failure: 'connection', message: expect.stringContaining('TLS') })
  })
})

describe('sizes', () => {
  const text = 'x'.repeat(1000)

  it('are bounded by what the headers call for', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/announced') response.end(text)
      else if (request.url === '/packed') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text))
      else response.write(text, () => response.end())
    })
    for (const path of ['/announced', '/packed', '/streamed']) {
      expect(await (await send({ url: url + path })).text({ maxBytes: 1000 })).toBe(text)
      const reading = (await send({ url: url + path })).bytes({ maxBytes: 999 })
      expect(await failureOf(reading)).toMatchObject({ failure: 'too-large', rule: 'max-response-bytes' })
    }
  })
})

describe('trying again', () => {
  it('ends with the first answer that is one', async () => {
    let count = 0
    const url = await serve((_request, response) => {
      count += 1
      response.writeHead(count === 1 ? 503 : 200).end(String(count))
    })
    expect(await (await send({ url, maxRetries: 3 })).text()).toBe('2')
  })

  it('ends with the last answer, and at once where the caller goes', async () => {
    const url = await serve((_request, response) => response.writeHead(500).end())
    expect(await send({ url, maxRetries: 0 })).toMatchObject({ status: 500 })
    const caller = new AbortController()
    const pending = send({ url, maxRetries: 9, signal: caller.signal })
    setTimeout(() => caller.abort('gone'), 50)
    expect(await failureOf(pending)).toMatchObject({ failure: 'aborted', cause: 'gone' })
  })

  it('does not come up where a rule refused', async () => {
    const error = await failureOf(anEgress().request({ url: 'http://10.0.0.1/', policy: 'content', maxRetries: 9 }))
    expect(error).toMatchObject({ failure: 'refused' })
  })
})

describe('the list of a workspace', () => {
  it('opens what it names, for the request that brings it', async () => {
    const url = await serve((_request, response) => response.end('inside'))
    const egress = anEgress()
    expect(await (await egress.request({ url, policy: 'content', allowedHosts: ['127.0.0.0/8'] })).text()).toBe('inside')
    expect(await failureOf(egress.request({ url, policy: 'content' }))).toMatchObject({ rule: 'loopback-address' })
    const metadata = egress.request({ url: 'http://169.254.169.254/', policy: 'content', allowedHosts: ['169.254.169.254'] })
    expect(await failureOf(metadata)).toMatchObject({ rule: 'metadata-address' })
  })

  it('may be one of very many', async () => {
    const url = await serve((_request, response) => response.end('inside'))
    const egress = anEgress()
    const texts = Array.from({ length: 100 }, async (_, index) => {
      const response = await egress.request({ url, policy: 'content', allowedHosts: ['127.0.0.1', `host-${index}.test`] })
      return response.text()
    })
    expect(new Set(await Promise.all(texts))).toEqual(new Set(['inside']))
  })

  it('is refused where it is none', async () => {
    const error = await failureOf(anEgress().request({ url: 'http://open.test/', policy: 'content', allowedHosts: ['10.0.0.0/99'] }))
    expect(error).toMatchObject({ failure: 'refused', rule: 'invalid-allow-list' })
  })
})

describe('an answer of a proxy', () => {
  it.each<[string, number, Record<string, string>]>([
    ['Squid, by name', 403, { server: 'squid/6.13' }],
    ['Squid, by its error', 502, { 'x-squid-error': 'ERR_DNS_FAIL 0' }],
    ['ours', 403, { 'x-egress-rule': 'private-address' }],
    ['one that wants a password', 407, { 'proxy-authenticate': 'Basic' }],
  ])('is told from that of the host: %s', async (_title, status, headers) => {
    const proxy = await serve((_request, response) => response.writeHead(status, headers).end())
    const egress = anEgress({ proxies: { http: proxy } })
    const error = await failureOf(egress.request({ url: 'http://outside.test/', policy: 'content' }))
    expect(error).toMatchObject({ rule: 'proxy', message: expect.stringContaining('SSRF_PROXY_') })
  })

  it('leaves the refusals of hosts alone', async () => {
    const proxy = await serve((_request, response) => response.writeHead(401, { via: '1.1 proxy (squid/6.13)' }).end())
    const egress = anEgress({ proxies: { http: proxy } })
    expect(await egress.request({ url: 'http://outside.test/', policy: 'content' })).toMatchObject({ status: 401 })
  })
})
