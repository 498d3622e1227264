import { connect } from 'node:net'
import { allRoutes } from '@trellis/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../tools/fake-openai/index.ts'
import { badBodies, otherJson } from './bad-values.ts'
import { findFault, type RawReply, sendRaw } from './coded-errors.ts'
import { sampleRequest } from './sample-request.ts'
import { startTestServer, type TestServer } from './test-server.ts'
import { callerOf, named } from './walk-caller.ts'
import { createWorld, PASSWORD, type WorkspaceWorld } from './world.ts'

describe('a request that is none', () => {
  let provider: FakeOpenai
  let server: TestServer
  let world: WorkspaceWorld
  beforeAll(async () => {
    provider = await startFakeOpenai({ text: 'An answer' })
    server = await startTestServer({
      env: { HTTP_BODY_MAX_SIZE: '1', HTTP_BODY_TIMEOUT: '1', LOGIN_MAX_FAILURES: '100000', UPLOAD_FILE_SIZE_LIMIT: '1' },
    })
    await server.setup({ email: 'homemark@example.com', password: PASSWORD })
    world = await createWorld(server, { email: 'homemark@example.com' }, provider)
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
  })
  afterEach(async () => {
    expect(server.takeProblems()).toEqual([])
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })
  const codeOf = ({ text }: RawReply): string | undefined => {
    const { code, error } = JSON.parse(text)
    return code ?? error?.type
  }

  describe.each(named(allRoutes.filter(({ body }) => body)))('at %s', (_name, contract) => {
    const send = (body: string, type = 'application/json'): Promise<RawReply> => {
      const { headers, named } = callerOf(world, contract)
      const { method, path } = sampleRequest(contract, named)
      return sendRaw(server.url + path, { method, headers: { ...headers, 'content-type': type }, body })
    }

    it('is refused where its body is no JSON, no object, of another type, or too large', async () => {
      for (const body of badBodies) {
        const reply = await send(body)
        const seen = { body, status: reply.status, code: codeOf(reply), fault: findFault(reply, contract) }
        expect(seen).toEqual({ body, status: 400, code: 'bad_request', fault: undefined })
      }
      for (const body of otherJson.map((json) => [json, json.slice(0, 20)] as const)) {
        const reply = await send(body[0])
        const seen = { body: body[1], status: reply.status, fault: findFault(reply, contract) }
        expect(seen).toEqual({ body: body[1], status: expect.toBeOneOf([400, 422]), fault: undefined })
      }
      const types = ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'x', 'multipart/form-data; boundary=x']
      for (const type of types.filter((type) => !(contract.isBeacon && type === 'text/plain'))) {
        const reply = await send('{}', type)
        expect({ type, ...reply, fault: findFault(reply, contract) }).toMatchObject({ type, status: 415, fault: undefined })
      }
      const reply = await send(JSON.stringify({ a: 'x'.repeat(1_100_000) }))
      expect({ status: reply.status, fault: findFault(reply, contract) }).toEqual({ status: 413, fault: undefined })
    })
  })

  /** Sends bytes as they are and reads until the server closes. */
  const sendBytes = async (...chunks: readonly (string | Buffer)[]): Promise<RawReply & { readonly head: string }> => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    for (const chunk of chunks) socket.write(chunk)
    let received = ''
    socket.on('error', () => undefined) // what was received counts
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      received += chunk
    })
    await new Promise((resolve) => socket.once('close', resolve))
    const [head = '', text = ''] = received.split('\r\n\r\n')
    return {
      head,
      text,
      status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0),
      contentType: /content-type: (.*)/i.exec(head)?.[1] ?? '',
    }
  }
  const host = 'Host: test\r\nConnection: close\r\n'

  it.each([
    ['a percent sign without digits', '/v1/files/%/preview', 400],
    ['digits that are none', '/v1/files/%zz/preview', 400],
    ['half a character', '/console/api/apps/%E0%A4', 400],
    ['a surrogate', '/v1/messages/%ED%A0%80/events', 400],
    ['a route that there is not', '/v1/nothing', 404],
    ['a surface that there is not', '/v9', 404],
    ['a path above the root', '/../../etc/passwd', 404],
    ['a path above the root, escaped', '/%2e%2e/%2e%2e/etc/passwd', 404],
    ['a segment that is too long', `/v1/files/${'x'.repeat(5000)}/preview`, 414],
    ['another server’s address', 'http://elsewhere.test/v1/nothing', 404],
    ['slashes', '//////', 404],
  ])('is answered with a code where its path is %s', async (_what, path, status) => {
    const reply = await sendBytes(`GET ${path} HTTP/1.1\r\n${host}\r\n`)
    expect({ ...reply, fault: findFault(reply) }).toMatchObject({ status, fault: undefined })
  })

  it.each([
    [
      'too many headers',
      `GET /health HTTP/1.1\r\n${host}${Array.from({ length: 500 }, (_, index) => `x-${index}: ${'y'.repeat(100)}\r\n`).join('')}\r\n`,
      431,
    ],
    ['a header that is too long', `GET /health HTTP/1.1\r\n${host}x: ${'y'.repeat(70_000)}\r\n\r\n`, 431],
    ['an address that is too long', `GET /health?${'y'.repeat(70_000)} HTTP/1.1\r\n${host}\r\n`, 431],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['a method that there is not', `BREW /health HTTP/1.1\r\n${host}\r\n`, 400],
    ['a header without a colon', `GET /health HTTP/1.1\r\n${host}nonsense\r\n\r\n`, 400],
    ['two lengths', `POST /console/api/login HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    [
      'a length and chunks',
      `POST /console/api/login HTTP/1.1\r\n${host}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a length that is none', `POST /console/api/login HTTP/1.1\r\n${host}Content-Length: many\r\n\r\n{}`, 400],
    [
      'chunks that are none',
      `POST /console/api/login HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      400,
    ],
  ])('is answered with a code where it has %s', async (_what, bytes, status) => {
    const reply = await sendBytes(bytes)
    expect({ ...reply, fault: findFault(reply) }).toMatchObject({ status, fault: undefined })
  })

  it('is closed with a code where its head never ends', async () => {
    const reply = await sendBytes('GET /health HTTP/1.1\r\nHost: test\r\n')
    expect({ ...reply, fault: findFault(reply) }).toMatchObject({ status: 408, fault: undefined })
    expect(codeOf(reply)).toBe('request_timeout')
  })

  it.each([
    'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"email":',
    'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"ema',
  ])('is closed with a code where its body never ends', async (rest) => {
    const reply = await sendBytes(`POST /console/api/login HTTP/1.1\r\nHost: test\r\n${rest}`)
    expect({ ...reply, fault: findFault(reply) }).toMatchObject({ status: 408, fault: undefined })
  })

  it('is closed where an upload never ends', async () => {
    const head = `POST /v1/files/upload HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${world.chat.key}\r\nContent-Type: multipart/form-data; boundary=x\r\n`
    const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nbegin'
    const reply = await sendBytes(`${head}Content-Length: 100000\r\n\r\n${part}`)
    expect({ ...reply, fault: findFault(reply) }).toMatchObject({ status: 408, fault: undefined })
  })

  it('is passed over where its caller leaves in the middle of it', async () => {
    const { hostname, port } = new URL(server.url)
    for (const rest of ['', 'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"email":']) {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`POST /console/api/login HTTP/1.1\r\nHost: test\r\n${rest}`, () => socket.resetAndDestroy())
      })
      await new Promise((resolve) => socket.once('close', resolve))
    }
  })

  describe('by its method', () => {
    it.each(named(allRoutes))('is answered as what it is: %s', async (_name, contract) => {
      const { headers, named } = callerOf(world, contract)
      const { path } = sampleRequest(contract, named)
      const known = new Set<string>(
        allRoutes.filter((other) => other.surface === contract.surface && other.path === contract.path).map(({ method }) => method),
      )
      for (const method of ['GET', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS'].filter((other) => !known.has(other))) {
        const reply = await sendRaw(server.url + path, { method, headers })
        expect({ method, ...reply, fault: findFault(reply) }).toMatchObject({
          method,
          status: expect.toBeOneOf([400, 404]),
          fault: undefined,
        })
      }
      if (known.has('GET') && contract.produces === undefined) {
        const reply = await sendRaw(server.url + path, { method: 'HEAD', headers })
        expect(reply).toMatchObject({ status: expect.toSatisfy((status: number) => status < 500), text: '' })
      }
    })
  })

  describe('by its form', () => {
    const uploads = ['/v1/files/upload', '/api/files/upload', '/console/api/files/upload']
    const headersFor = (path: string): Readonly<Record<string, string>> => {
      if (path.startsWith('/v1')) return { authorization: `Bearer ${world.chat.key}` }
      if (path.startsWith('/api')) return { 'x-app-code': world.chat.code, 'x-app-passport': world.chat.passport }
      return world.sessions.owner.headers
    }
    const file = (name: string, { filename = 'a.txt', type = 'Content-Type: text/plain\r\n', content = 'text' } = {}): string =>
      `--x\r\nContent-Disposition: form-data; name="${name}"${filename === '' ? '' : `; filename="${filename}"`}\r\n${type}\r\n${content}\r\n`
    const form = 'multipart/form-data; boundary=x'
    const cases: readonly (readonly [what: string, type: string | undefined, body: string, statuses: readonly number[]])[] = [
      ['no type', undefined, '', [400, 415]],
      ['another type', 'application/json', '{}', [400]],
      ['a form without a boundary', 'multipart/form-data', `${file('file')}--x--\r\n`, [400, 415]],
      ['another boundary', 'multipart/form-data; boundary=y', `${file('file')}--x--\r\n`, [400]],
      ['nothing in it', form, '', [400]],
      ['no parts', form, '--x--\r\n', [400]],
      ['no end', form, file('file'), [400]],
      ['half a head', form, '--x\r\nContent-Disposition: form-', [400]],
      ['another name', form, `${file('document')}--x--\r\n`, [400]],
      ['two files', form, `${file('file')}${file('file')}--x--\r\n`, [400]],
      ['twenty files', form, `${file('file').repeat(20)}--x--\r\n`, [400, 413]],
      ['a thousand fields', form, `${file('a', { filename: '', type: '' }).repeat(1000)}--x--\r\n`, [400, 413]],
      ['a field where the file should be', form, `${file('file', { filename: '', type: '' })}--x--\r\n`, [400]],
      ['a name that is a path', form, `${file('file', { filename: 'a/../b.txt' })}--x--\r\n`, [400]],
      ['a file that is too large', form, `${file('file', { content: 'x'.repeat(1_200_000) })}--x--\r\n`, [413]],
      [
        'a field that is too large',
        form,
        `${file('user', { filename: '', type: '', content: 'x'.repeat(1_500_000) })}${file('file')}--x--\r\n`,
        [201, 400, 413],
      ],
      ['a name from the prototype', form, `${file('__proto__', { filename: '', type: '' })}${file('file')}--x--\r\n`, [201, 400]],
      ['a type that is none', form, `${file('file', { type: 'Content-Type: ;;;\r\n' })}--x--\r\n`, [201, 400, 415]],
      [
        'an encoding that is none',
        form,
        `${file('file', { type: 'Content-Type: text/plain; charset=nonsense\r\nContent-Transfer-Encoding: x\r\n' })}--x--\r\n`,
        [201, 400],
      ],
    ]
    it.each(cases.flatMap(([what, type, body, statuses]) => uploads.map((path) => [what, path, { type, body, statuses }] as const)))(
      'is answered with a code where it has %s: %s',
      async (_what, path, { type, body, statuses }) => {
        const headers = { ...headersFor(path), ...(type ? { 'content-type': type } : {}) }
        const reply = await sendRaw(server.url + path, { method: 'POST', headers, ...(body === '' && !type ? {} : { body }) })
        expect({ ...reply, fault: findFault(reply) }).toMatchObject({ status: expect.toBeOneOf([...statuses]), fault: undefined })
      },
    )
  })
})
