import { silentLogger } from '@trellis/spec'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpServer } from './server.ts'

describe('a JSON body', () => {
  let server: FastifyInstance
  beforeAll(async () => {
    server = await createHttpServer({
      logger: silentLogger,
      version: '0',
      environment: 'TEST',
      cors: { consoleOrigins: [], webOrigins: [] },
      trustProxy: false,
      maxBodyBytes: 1_000_000,
      requestTimeoutMs: 10_000,
      isStrict: true,
    })
    server.post('/', async (request) => ({ body: request.body }))
    await server.ready()
  })
  afterAll(() => server.close())

  const send = (payload: string) => server.inject({ method: 'POST', url: '/', headers: { 'content-type': 'application/json' }, payload })

  it('is read as it was written, but for NUL characters', async () => {
    const withoutNul = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (_key, inner) => (typeof inner === 'string' ? inner.replaceAll('\u0000', '') : inner))
    const hasNoPrototype = (value: unknown): boolean => !JSON.stringify(value).includes('__proto__')
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }).filter(hasNoPrototype), async (value) => {
        const reply = await send(JSON.stringify(value))
        expect(reply.json()).toEqual({ body: withoutNul(value) })
      }),
      { numRuns: 200 },
    )
  })

  it('may hold brackets and quotes in its texts, however many', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('[', '{', '"', '\\', '\\"', 'x'), { minLength: 300, maxLength: 600 }), async (parts) => {
        const text = parts.join('')
        expect((await send(JSON.stringify({ text }))).json()).toEqual({ body: { text } })
      }),
      { numRuns: 50 },
    )
  })

  it('may be 200 levels deep and no deeper', async () => {
    const nested = (depth: number, [open = '', close = '']: readonly string[]): string => open.repeat(depth) + close.repeat(depth)
    expect((await send(nested(200, ['[', ']']))).statusCode).toBe(200)
    for (const body of [nested(201, ['[', ']']), nested(100_000, ['[', ']']), `${'{"a":'.repeat(201)}1${'}'.repeat(201)}`]) {
      expect(await send(body).then((reply) => reply.json())).toMatchObject({ code: 'bad_request', message: expect.stringContaining('200') })
    }
  })

  it.each(['{"__proto__":{"a":1}}', '{"a":[{"__proto__":1}]}', '{"\\u005f_proto__":1}', '{"__pr\\u006fto__":1}'])(
    'has no key of the prototype: %s',
    async (body) => {
      expect((await send(body)).json()).toMatchObject({ code: 'bad_request', status: 400 })
    },
  )

  it('is none where it is empty', async () => {
    expect((await send('')).json()).toEqual({})
  })

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])('is not of the type %s', async (type) => {
    const reply = await server.inject({ method: 'POST', url: '/', headers: { 'content-type': type }, payload: '{}' })
    expect(reply.json()).toMatchObject({ code: 'unsupported_media_type', status: 415 })
  })
})
