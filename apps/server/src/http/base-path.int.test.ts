import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodePassword } from '@trellis/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ReverseProxy, startReverseProxy } from '../../../../tools/reverse-proxy/index.ts'
import { administrator, type ConsoleSession, sendJson, startTestServer, type TestApp, type TestServer } from '../testing/test-server.ts'

const BASE = '/trellis'

describe('a base path', () => {
  let pages = ''
  let server: TestServer
  let session: ConsoleSession
  let app: TestApp
  const proxies: ReverseProxy[] = []
  beforeAll(async () => {
    pages = await mkdtemp(join(tmpdir(), 'trellis-pages-'))
    for (const name of ['index.html', 'app.html']) {
      await writeFile(join(pages, name), `<!doctype html><html lang="en"><script src="./assets/${name}.js"></script></html>`)
    }
    const env = { NEXT_PUBLIC_BASE_PATH: `${BASE}/`, RESPECT_XFORWARD_HEADERS_ENABLED: 'true' }
    server = await startTestServer({ env, webFolder: pages })
    for (const keepsBase of [false, true]) {
      proxies.push(await startReverseProxy({ target: server.url, base: BASE, keepsBase, origin: 'https://team.example.org' }))
    }
    session = await server.setup()
    app = await server.createApp(session, { mode: 'chat' })
  })
  afterAll(async () => {
    for (const proxy of proxies) await proxy.close()
    await server.close()
    await rm(pages, { recursive: true })
  })

  describe.each([
    ['stripped', 0],
    ['kept', 1],
  ])('that is %s by the proxy', (_title, position) => {
    const url = (path: string): string => `${proxies[position]?.url}${path}`

    it('stands in the pages', async () => {
      for (const [path, name] of [
        ['', 'index.html'],
        ['/app/x/configuration', 'index.html'],
        ['/chat/abc?conversation=x', 'app.html'],
      ]) {
        expect(await (await fetch(url(path ?? ''))).text()).toBe(
          `<!doctype html><html data-base-path="/trellis" lang="en"><script src="/trellis/assets/${name}.js"></script></html>`,
        )
      }
    })

    it('bounds the cookies', async () => {
      const { email, password } = administrator
      const login = await sendJson(url('/console/api/login'), 'POST', { email, password: encodePassword(password) })
      const passport = await sendJson(url('/api/passport'), 'GET', undefined, { 'x-app-code': app.code })
      const cookies = [...login.headers.getSetCookie(), ...passport.headers.getSetCookie()]
      expect(cookies).toHaveLength(4)
      for (const cookie of cookies) expect(cookie).toContain('; Path=/trellis;')
    })

    it('stands in the addresses that are told', async () => {
      const { body } = await sendJson(url(`/console/api/apps/${app.id}`), 'GET', undefined, session.headers)
      expect(body.site.app_base_url).toBe('https://team.example.org/trellis')
      expect(body.api_base_url).toBe('https://team.example.org/trellis/v1')
    })

    it('is no hindrance to streams', async () => {
      const passport = (await sendJson(url('/api/passport'), 'GET', undefined, { 'x-app-code': app.code })).body.access_token
      const headers = { 'x-app-code': app.code, 'x-app-passport': passport, 'content-type': 'application/json' }
      const body = JSON.stringify({ inputs: {}, query: 'Hello', response_mode: 'streaming' })
      const stream = await fetch(url('/api/chat-messages'), { method: 'POST', headers, body })
      expect(stream.headers.get('x-accel-buffering')).toBe('no')
      expect(await stream.text()).toMatch(/"event": ?"message_end"/)
    })
  })
})
