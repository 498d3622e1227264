import { EgressError } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { Variable } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { createFakeEgress } from '../testing/fake-egress.ts'
import { aFile, createFakeFiles } from '../testing/fake-files.ts'
import { runNode } from '../testing/run-node.ts'
import { httpRequestNode } from './node.ts'

const base = {
  type: 'http-request',
  method: 'get',
  url: 'https://api.example.com/v1?x=1',
  authorization: { type: 'no-auth', config: null },
  headers: '',
  params: '',
  body: { type: 'none', data: [] },
}
const secret = new Variable('sk-secret-123456', 'secret')
const variables = { 'env.key': secret, 'start.name': 'Ann Lee', 'start.list': ['a'] }

async function send(data: Dict, extra: Readonly<Record<string, Value | Variable>> = {}) {
  const { http, sent } = createFakeEgress({ body: 'ok', headers: { 'content-type': 'text/plain' } })
  const { files } = createFakeFiles({ 'a.txt': 'AAA', 'b.txt': 'BB' })
  const run = await runNode(httpRequestNode, { ...base, ...data }, { services: { http, files }, variables: { ...variables, ...extra } })
  return { outcome: run.outcome, request: sent[0], log: run.outcome.processData?.['request'] }
}

describe('2.18 http-request: url and params', () => {
  it('renders the url, and sends to it', async () => {
    const { request, outcome, log } = await send({ url: 'https://e.com/{{#start.name#}}' })
    expect(request).toMatchObject({ method: 'GET', url: 'https://e.com/Ann Lee', policy: 'content', maxRedirects: 20 })
    expect(outcome).toMatchObject({
      status: 'succeeded',
      outputs: { status_code: 200, body: 'ok', files: new Variable([], 'array[file]') },
    })
    expect(log).toBe('GET /Ann Lee HTTP/1.1\r\nHost: e.com\r\n\r\n')
  })

  it.each(['', 'ftp://e.com', 'e.com'])('refuses the url "%s"', async (url) => {
    expect((await send({ url })).outcome).toMatchObject({ status: 'failed', errorType: 'InvalidURLError' })
  })

  it('sends params in place of a query, duplicates kept, split before they are filled in', async () => {
    const { request, log } = await send({ params: 'a: 1\n\nb\n :x\na:{{#start.text#}}' }, { 'start.text': 'p:q\nr' })
    expect(request?.url).toBe('https://api.example.com/v1?a=1&a=p%3Aq%0Ar&b=')
    expect(log).toContain('GET /v1?a=1&b=&a=p%3Aq%0Ar HTTP/1.1')
  })
})

describe('2.18 http-request: headers and authorization', () => {
  it('fills in headers as a whole, then splits them; a later one wins, a missing colon is an empty value', async () => {
    const { request } = await send(
      { headers: 'X-A: 1\n\nX-B:{{#start.name#}}\nX-C\nX-A: 2:3\n{{#start.more#}}' },
      { 'start.more': 'X-D:4\nX-E:5' },
    )
    expect(request?.headers).toEqual({ 'X-A': '2:3', 'X-B': 'Ann Lee', 'X-C': '', 'X-D': '4', 'X-E': '5' })
  })

  it.each([
    [{ type: 'bearer', api_key: '{{#env.key#}}' }, 'Authorization', 'Bearer sk-secret-123456'],
    [{ type: 'basic', api_key: 'ann:pw' }, 'Authorization', 'Basic YW5uOnB3'],
    [{ type: 'basic', api_key: 'YW5uOnB3' }, 'Authorization', 'Basic YW5uOnB3'],
    [{ type: 'custom', api_key: 'k', header: 'X-Key' }, 'X-Key', 'k'],
    [{ type: 'bearer', api_key: 'k', header: 'X-Auth' }, 'X-Auth', 'Bearer k'],
  ])('authorizes by %j', async (config, name, value) => {
    const { request, log } = await send({ authorization: { type: 'api-key', config }, headers: 'authorization: mine' })
    expect(request?.headers?.[name]).toBe(value)
    expect(log).toContain(`${name}: ${'*'.repeat(value.length)}\r\n`)
    if (name === 'Authorization') expect(request?.headers).not.toHaveProperty('authorization')
  })

  it('fails where the key is empty', async () => {
    const { outcome, request } = await send({ authorization: { type: 'api-key', config: { type: 'bearer', api_key: ' ' } } })
    expect(outcome).toMatchObject({ status: 'failed', errorType: 'AuthorizationConfigError', processData: {} })
    expect(request).toBeUndefined()
  })

  it('shows secrets obfuscated in the record, and sends them as they are', async () => {
    const { request, log } = await send({
      method: 'post',
      url: 'https://e.com/?k={{#env.key#}}',
      headers: 'X-K: {{#env.key#}}',
      body: { type: 'raw-text', data: 'say {{#env.key#}}' },
    })
    expect(request?.url).toBe('https://e.com/?k=sk-secret-123456')
    expect(request?.body).toBe('say sk-secret-123456')
    expect(log).not.toContain('sk-secret-123456')
    expect(log).toContain('sk-sec************56')
  })
})

describe('2.18 http-request: bodies', () => {
  const post = (body: Dict, extra?: Dict) => send({ method: 'POST', body, ...extra })
  const text = (value: string) => ({ type: 'text', key: '', value })

  it('none: nothing, and no content type', async () => {
    const { request } = await post({ type: 'none', data: '' })
    expect(request).toMatchObject({ headers: {}, body: '' })
  })

  it('raw-text: as it is, plain text unless the headers say otherwise', async () => {
    expect((await post({ type: 'raw-text', data: [text('hi {{#start.name#}}')] })).request).toMatchObject({
      headers: { 'Content-Type': 'text/plain' },
      body: 'hi Ann Lee',
    })
    expect((await post({ type: 'raw-text', data: 'a' }, { headers: 'content-type: text/csv' })).request?.headers).toEqual({
      'content-type': 'text/csv',
    })
  })

  it.each(['raw-text', 'json', 'binary'])('%s: has exactly one item', async (type) => {
    expect((await post({ type, data: [] })).outcome).toMatchObject({ errorType: 'RequestBodyError' })
    expect((await post({ type, data: [text('a'), text('b')] })).outcome).toMatchObject({ errorType: 'RequestBodyError' })
  })

  it('json: mended, read leniently, sent as JSON with 1 and 1.0 apart', async () => {
    const { request, log } = await post({ type: 'json', data: [text('{"n": {{#start.name#}}, "a": 1.0, "b": "é\n", }')] })
    expect(request).toMatchObject({ headers: { 'Content-Type': 'application/json' }, body: '{"n":"Ann Lee","a":1.0,"b":"é\\n"}' })
    expect(log).toContain('{"n": Ann Lee, "a": 1.0')
    expect((await post({ type: 'json', data: 'nonsense' })).outcome).toMatchObject({ errorType: 'RequestBodyError' })
    expect((await post({ type: 'json', data: '{"a": NaN}' })).outcome).toMatchObject({ errorType: 'RequestBodyError' })
  })

  it('x-www-form-urlencoded: a later key wins', async () => {
    const data = [
      { type: 'text', key: 'a', value: '1' },
      { type: 'text', key: 'b', value: '{{#start.name#}}*~' },
      { type: 'text', key: 'a', value: '2' },
    ]
    expect((await post({ type: 'x-www-form-urlencoded', data })).request).toMatchObject({
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'a=2&b=Ann+Lee%2A~',
    })
  })

  it('form-data: texts and files, several of one key, the boundary in the content type', async () => {
    const data = [
      { type: 'text', key: 'who', value: '{{#start.name#}}' },
      { type: 'file', key: 'docs', file: ['start', 'files'] },
    ]
    const files = [aFile(), aFile({ filename: 'b.txt' }), aFile({ reference: null, related_id: null })]
    const { request, log } = await send(
      { method: 'post', headers: 'Content-Type: text/plain', body: { type: 'form-data', data } },
      { 'start.files': files },
    )
    expect(request?.headers?.['Content-Type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(request?.body).toContain('name="who"\r\n\r\nAnn Lee\r\n')
    expect(request?.body).toContain('name="docs"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nAAA\r\n')
    expect(request?.body).toContain('filename="b.txt"')
    expect(log).toContain("<file_content_binary: 'a.txt', type='text/plain', size=3 bytes>")
    expect(log).not.toContain('AAA')
  })

  it('form-data without files: multipart all the same, by a placeholder', async () => {
    const { request, log } = await post({ type: 'form-data', data: [{ type: 'text', key: 'a', value: '1' }] })
    expect(request?.body).toContain('name="__multipart_placeholder__"; filename=""')
    expect(log).toContain('name="a"\r\n\r\n1\r\n')
    expect(log).not.toContain('placeholder')
  })

  it('binary: the content of a file, without a content type', async () => {
    const body = { type: 'binary', data: [{ type: 'file', key: '', value: '', file: ['start', 'file'] }] }
    const { request, log } = await send({ method: 'put', body }, { 'start.file': aFile() })
    expect(request).toMatchObject({ headers: {}, body: 'AAA' })
    expect(log).toContain('<binary_content: size=3 bytes>')
    expect((await post(body)).outcome).toMatchObject({ errorType: 'FileFetchError' })
  })
})

describe('2.18 http-request: answers', () => {
  async function receive(answer: Parameters<typeof createFakeEgress>[0], hasErrorHandling = false) {
    const { files, saved } = createFakeFiles()
    const { outcome } = await runNode(httpRequestNode, base, { services: { http: createFakeEgress(answer).http, files }, hasErrorHandling })
    return { outcome, saved }
  }

  it('takes any status for a success, unless retries or a strategy deal with failures (9.9)', async () => {
    const answer = { status: 500, body: 'oops', headers: { 'content-type': 'text/plain' } }
    expect((await receive(answer)).outcome).toMatchObject({ status: 'succeeded', outputs: { status_code: 500, body: 'oops' } })
    expect((await receive(answer, true)).outcome).toMatchObject({
      status: 'failed',
      errorType: 'HTTPResponseCodeError',
      outputs: { status_code: 500, body: 'oops' },
      processData: { request: expect.stringContaining('GET /v1?x=1') },
    })
    expect((await receive({ ...answer, status: 204 }, true)).outcome).toMatchObject({ status: 'succeeded' })
  })

  it.each([
    ['text/csv', 'a,b', false],
    ['text/html', '<p>', false],
    ['application/json', '{}', false],
    ['application/vnd.api+json', '{}', false],
    ['application/octet-stream', 'const x = 1', false],
    ['application/octet-stream', 'plain', true],
    ['application/pdf', '%PDF', true],
    ['image/png', 'x', true],
    ['', 'x', false],
    ['font/woff', 'x', false],
  ])('%s with "%s" is a file: %s', async (type, body, isFile) => {
    const { outcome, saved } = await receive({ headers: { 'content-type': type }, body })
    expect(saved.length === 1).toBe(isFile)
    expect(outcome).toMatchObject({ outputs: { body: isFile ? '' : body } })
  })

  it.each([
    ['attachment', 'v1.txt', 'text/plain'],
    ['inline; filename="r é.csv"', 'r é.csv', 'text/csv'],
    ["attachment; filename=a.bin; filename*=UTF-8''%C3%A9.pdf", 'é.pdf', 'application/pdf'],
    ['attachment; filename="../../etc/passwd"', 'passwd', 'text/plain'],
  ])('content-disposition %s is a file called %s', async (disposition, filename, mimeType) => {
    const { saved } = await receive({
      headers: { 'content-type': 'text/plain; charset=utf-8', 'content-disposition': disposition },
      body: 'x',
    })
    expect(saved).toEqual([{ text: 'x', filename, mimeType }])
  })

  it('refuses what is too large, with the limit that raises it', async () => {
    const text = await receive({ headers: { 'content-type': 'text/plain' }, body: 'a'.repeat(1_048_577) })
    expect(text.outcome).toMatchObject({
      errorType: 'ResponseSizeError',
      error: expect.stringContaining('HTTP_REQUEST_NODE_MAX_TEXT_SIZE'),
    })
    const file = await receive({ headers: { 'content-type': 'image/png' }, body: 'a'.repeat(10_485_761) })
    expect(file.outcome).toMatchObject({ error: expect.stringContaining('HTTP_REQUEST_NODE_MAX_BINARY_SIZE') })
  })

  it('reads the character set that the headers name', async () => {
    const { outcome } = await receive({ headers: { 'content-type': 'text/plain; charset=iso-8859-1' }, body: Uint8Array.of(0xe9) })
    expect(outcome).toMatchObject({ outputs: { body: 'é' } })
  })

  it('fails with the words of the way out where the request did', async () => {
    const { outcome } = await receive({ error: new EgressError('refused', 'The address is private.', { rule: 'private-address' }) })
    expect(outcome).toMatchObject({ status: 'failed', error: 'The address is private.', errorType: 'HttpRequestNodeError' })
  })
})

describe('2.18 http-request: how it is sent', () => {
  it('fails for OPTIONS, takes lower and upper case for the others', async () => {
    expect((await send({ method: 'options' })).outcome).toMatchObject({ errorType: 'InvalidHttpMethodError' })
    expect((await send({ method: 'HEAD' })).request).toMatchObject({ method: 'HEAD' })
  })

  it('has the configured times and certificates, shorter ones where the node says so', async () => {
    expect((await send({})).request).toMatchObject({ connectTimeoutMs: 10_000, idleTimeoutMs: 600_000, verifiesCertificate: true })
    const own = { timeout: { connect: 5, read: 0, write: 9999 }, ssl_verify: false }
    expect((await send(own)).request).toMatchObject({
      connectTimeoutMs: 5000,
      headersTimeoutMs: 600_000,
      writeTimeoutMs: 600_000,
      verifiesCertificate: false,
    })
  })

  it('may be repeated after a crash only where it reads', () => {
    const effectOf = (method: string) => httpRequestNode.definition.effect(httpRequestNode.definition.config.parse({ ...base, method }))
    expect(['get', 'HEAD', 'post', 'PUT', 'delete', 'patch'].map(effectOf)).toEqual([
      'idempotent',
      'idempotent',
      'external',
      'external',
      'external',
      'external',
    ])
  })

  it('names what a single run must be given', () => {
    const config = httpRequestNode.definition.config.parse({
      ...base,
      headers: 'A: {{#start.a#}}',
      body: { type: 'form-data', data: [{ type: 'file', key: '{{#start.b#}}', file: ['start', 'c'] }] },
    })
    expect(Object.keys(httpRequestNode.definition.inputs(config))).toEqual(['#start.a#', '#start.b#', '#start.c#'])
  })
})
