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
    for (const name of ['embed.js', 'embed.min.js', 'other.js']) await writeFile(join(folder, name), 'void 0')
    server = fastify()
    await serveWeb(server, folder)
  })
  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  it.each(['/', '/apps', '/chat/abc', '/form/abc'])('run our own files and nothing that is made of text: %s', async (url) => {
    const { statusCode, headers } = await server.inject(url)
    expect(statusCode).toBe(200)
    const policy = String(headers['content-security-policy'])
    for (const rule of ["script-src 'self'", "script-src-attr 'none'", "object-src 'none'", "base-uri 'none'", "frame-src 'none'"])
      expect(policy.split('; ')).toContain(rule)
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types character-references")
    expect(policy).not.toMatch(/unsafe/)
  })

  it('may record for speech, and use nothing else of the device', async () => {
    const { headers } = await server.inject('/chat/abc')
    expect(headers['permissions-policy']).toMatch(/^microphone=\(self\), .*camera=\(\)/)
  })

  it.each([
    ['/chat/abc', 'app.html'],
    ['/form/abc', 'app.html'],
    ['/chat', 'index.html'],
    ['/apps', 'index.html'],
  ])('at %s are %s', async (url, name) => {
    expect((await server.inject(url)).body).toContain(name)
  })

  it.each(['/embed.js', '/embed.min.js'])('of other origins may load %s, and always have the newest', async (url) => {
    const { statusCode, headers } = await server.inject(url)
    expect(statusCode).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'cache-control': 'no-cache',
    })
    expect((await server.inject('/other.js')).headers).not.toHaveProperty('access-control-allow-origin')
  })
})
