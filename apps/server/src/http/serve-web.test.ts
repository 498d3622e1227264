import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveWeb } from './serve-web.ts'

describe('pages', () => {
  let folder = ''
  let server: FastifyInstance
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trellis-pages-'))
    for (const name of ['index.html', 'app.html']) await writeFile(join(folder, name), `<!doctype html><title>${name}</title>`)
    server = fastify()
    await serveWeb(server, folder)
  })
  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  it.each(['/', '/apps', '/index.html', '/app.html', '/index.html?a=b'])('of the console may stand in no frame: %s', async (url) => {
    const reply = await server.inject(url)
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['content-security-policy']).toMatch(/script-src 'self'.*frame-ancestors 'none'/)
  })

  it('of apps are made to be embedded', async () => {
    const { headers, body } = await server.inject('/chat/abc')
    expect(body).toContain('app.html')
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['content-security-policy']).not.toContain('frame-ancestors')
  })
})
