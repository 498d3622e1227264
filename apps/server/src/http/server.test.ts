import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { type Logger, silentLogger } from '@trellis/spec'
import { expect, it } from 'vitest'
import { callerSignal } from './caller-signal.ts'
import { createHttpServer } from './server.ts'

const createServer = (isSecure = false, logger: Logger = silentLogger) =>
  createHttpServer({
    logger,
    version: '0',
    environment: 'TEST',
    cors: { consoleOrigins: [], webOrigins: [] },
    trustProxy: false,
    isSecure,
    maxBodyBytes: 1_000,
    requestTimeoutMs: 10_000,
    isStrict: true,
  })

it('lets browsers keep no answers, refusals included, unless a route says otherwise', async () => {
  const server = await createServer()
  server.get('/passport', (_, reply) => reply.send({}))
  server.get('/icon', (_, reply) => reply.header('cache-control', 'public, max-age=60').send('x'))
  const keeping = async (url: string): Promise<unknown> => (await server.inject({ url })).headers['cache-control']
  expect([await keeping('/passport'), await keeping('/nowhere'), await keeping('/icon')]).toEqual([
    'no-store',
    'no-store',
    'public, max-age=60',
  ])
  await server.close()
})

it('closes as soon as the last answer is out, though its connection was to be kept', async () => {
  const server = await createServer()
  const more = Promise.withResolvers<string>()
  async function* answer(): AsyncGenerator<string> {
    yield 'one '
    yield await more.promise
  }
  server.get('/', (_, reply) => reply.send(Readable.from(answer())))
  const response = await fetch(await server.listen({ port: 0 }))
  const closed = server.close()
  more.resolve('two')
  expect(await response.text()).toBe('one two')
  await closed
})

it('does not wait for connections that browsers open ahead of any request', async () => {
  const server = await createServer()
  const { port } = new URL(await server.listen({ port: 0 }))
  const socket = connect(Number(port), 'localhost')
  await once(server.server, 'connection')
  const gone = once(socket, 'close')
  const startedAt = performance.now()
  await server.close()
  await gone
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

it('calls it no failure where the caller leaves before there is an answer', async () => {
  const failures: string[] = []
  const server = await createServer(false, { ...silentLogger, error: (_, message) => void failures.push(message) })
  const [asked, leaving] = [Promise.withResolvers<void>(), new AbortController()]
  const gone = Promise.withResolvers<void>()
  server.get('/', (_, reply) => {
    const signal = callerSignal(reply)
    signal.addEventListener('abort', () => gone.resolve())
    asked.resolve()
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  })
  const answer = fetch(await server.listen({ port: 0 }), { signal: leaving.signal })
  await asked.promise
  leaving.abort()
  await expect(answer).rejects.toThrow('aborted')
  await gone.promise
  await server.close()
  expect(failures).toEqual([])
})

it('protects answers: no sniffing, no full referrer elsewhere, no script where one is opened as a page, https only where it is so', async () => {
  const headersOf = async (isSecure: boolean) => {
    const server = await createServer(isSecure)
    const { headers } = await server.inject('/nowhere')
    await server.close()
    return headers
  }
  expect(await headersOf(false)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  })
  expect(await headersOf(false)).not.toHaveProperty('strict-transport-security')
  expect(await headersOf(true)).toMatchObject({ 'strict-transport-security': 'max-age=15552000' })
})
