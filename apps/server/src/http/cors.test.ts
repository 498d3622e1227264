import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowCrossOrigin } from './cors.ts'

const CONSOLE = 'https://console.example.com'
const SITE = 'https://site.example.com'
const STRANGER = 'https://stranger.example.com'

describe('calls from other origins', () => {
  let server: FastifyInstance
  beforeAll(() => {
    server = Fastify()
    allowCrossOrigin(server, { consoleOrigins: [CONSOLE], webOrigins: ['*', SITE] })
    server.all('/*', async () => 'answer')
  })
  afterAll(() => server.close())

  it.each([
    ['/v1/parameters', STRANGER, '*', undefined],
    ['/v1', STRANGER, '*', undefined],
    ['/files/f/file-preview', STRANGER, '*', undefined],
    ['/console/api/apps', CONSOLE, CONSOLE, 'true'],
    ['/console/api/apps', STRANGER, undefined, undefined],
    ['/console/api/apps', 'null', undefined, undefined],
    ['/api/parameters', SITE, SITE, 'true'],
    ['/api/parameters', STRANGER, '*', undefined],
    ['/v10', STRANGER, undefined, undefined],
    ['/apps', CONSOLE, undefined, undefined],
    ['/inner/api/x', CONSOLE, undefined, undefined],
    ['/', CONSOLE, undefined, undefined],
  ])('%s from %s: origin %s, credentials %s', async (url, origin, allowed, credentials) => {
    const { headers, body } = await server.inject({ url, headers: { origin } })
    expect(body).toBe('answer')
    expect(headers['access-control-allow-origin']).toBe(allowed)
    expect(headers['access-control-allow-credentials']).toBe(credentials)
    expect(headers['access-control-expose-headers']).toBe(allowed && 'X-Version, X-Env, X-Trace-Id')
  })

  it('are told apart by caches wherever the answer depends on the origin', async () => {
    expect((await server.inject({ url: '/console/api/apps', headers: { origin: STRANGER } })).headers.vary).toBe('Origin')
  })

  it('leave calls of the same origin alone', async () => {
    expect(Object.keys((await server.inject({ url: '/v1/x' })).headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it.each([
    ['/v1/chat-messages', 'Authorization', true],
    ['/v1/chat-messages', 'X-CSRF-Token', false],
    ['/console/api/apps', 'X-CSRF-Token', true],
    ['/console/api/apps', 'X-Interface-Language', true],
    ['/api/chat-messages', 'X-App-Passport', true],
    ['/files/upload', 'X-CSRF-Token', true],
    ['/files/upload', 'Authorization', false],
  ])('ask first: %s with %s: %s', async (url, header, isAllowed) => {
    const reply = await server.inject({ method: 'OPTIONS', url, headers: { origin: CONSOLE, 'access-control-request-method': 'POST' } })
    expect(reply.statusCode).toBe(204)
    expect(String(reply.headers['access-control-allow-methods']).split(', ')).toContain('POST')
    expect(String(reply.headers['access-control-allow-headers']).split(', ').includes(header)).toBe(isAllowed)
  })
})
