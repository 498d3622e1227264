import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@trellis/spec'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveWeb } from '../../http/serve-web.ts'
import { createHttpServer } from '../../http/server.ts'

const settings = {
  logger: silentLogger,
  version: '0',
  environment: 'TEST',
  cors: { consoleOrigins: [], webOrigins: [] },
  trustProxy: false,
  isSecure: true,
  maxBodyBytes: 1_000,
  requestTimeoutMs: 10_000,
  isStrict: true,
} as const

/** A page of ours in an invisible frame, so that its visitor presses what they do not see. */
describe('clickjacking', () => {
  let folder = ''
  let server: FastifyInstance
  const servers: FastifyInstance[] = []
  const start = async (frameAncestors?: readonly string[]) => {
    const started = await createHttpServer(settings)
    servers.push(started)
    await serveWeb(started, folder, frameAncestors && { frameAncestors })
    return started
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trellis-pages-'))
    for (const name of ['index.html', 'app.html']) await writeFile(join(folder, name), `<!doctype html><title>${name}</title>`)
    server = await start()
    server.get('/v1/info', async () => ({ name: 'app' }))
  })
  afterAll(async () => {
    await Promise.all(servers.map((each) => each.close()))
    await rm(folder, { recursive: true })
  })

  const headersOf = async (url: string) => (await server.inject(url)).headers

  it.each(['/', '/apps', '/apps/x/logs', '/signin', '/index.html', '/app.html', '/index.html?a=b', '//chat/abc', '/chat', '/form/abc-123'])(
    'has no frame for %s',
    async (url) => {
      const headers = await headersOf(url)
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['x-frame-options']).toBe('DENY')
    },
  )

  it.each(['/v1/info', '/console/api/nothing', '/nothing.js'])('has no frame for the answer of %s', async (url) => {
    expect((await headersOf(url))['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'")
  })

  it.each(['/chat/abc', '/chatbot/abc', '/completion/abc', '/workflow/abc'])(
    'is no concern of %s, which is made to be embedded',
    async (url) => {
      const headers = await headersOf(url)
      expect(headers['content-security-policy']).not.toContain('frame-ancestors')
      expect(headers).not.toHaveProperty('x-frame-options')
    },
  )

  it.each([
    [['https://www.example.com', 'https://*.example.org'], 'frame-ancestors https://www.example.com https://*.example.org', undefined],
    [["'none'"], "frame-ancestors 'none'", 'DENY'],
  ])('is kept from published pages but for those whom the configuration names: %j', async (ancestors, rule, forOldBrowsers) => {
    const choosy = await start(ancestors)
    for (const url of ['/chat/abc', '/chatbot/abc?name=x']) {
      const { headers } = await choosy.inject(url)
      expect(String(headers['content-security-policy']).split('; ')).toContain(rule)
      expect(headers['x-frame-options']).toBe(forOldBrowsers)
    }
    expect((await choosy.inject('/apps')).headers['content-security-policy']).toContain("frame-ancestors 'none'")
  })

  it('finds no console behind the opener of a published page', async () => {
    expect((await headersOf('/apps'))['cross-origin-opener-policy']).toBe('same-origin')
    expect(await headersOf('/chat/abc')).not.toHaveProperty('cross-origin-opener-policy')
  })
})
