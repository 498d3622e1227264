import { encodePassword } from '@trellis/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { administrator, sendJson, startTestServer, type TestServer } from '../../testing/test-server.ts'

describe('signing in', () => {
  let server: TestServer
  afterEach(() => server.close())

  it('is refused by password where the operator switched that off', async () => {
    server = await startTestServer({ env: { ENABLE_EMAIL_PASSWORD_LOGIN: 'false' } })
    await sendJson(`${server.url}/console/api/setup`, 'POST', { ...administrator, name: 'Ann' })
    for (const password of [administrator.password, 'a wrong one 1']) {
      const reply = await sendJson(`${server.url}/console/api/login`, 'POST', {
        email: administrator.email,
        password: encodePassword(password),
      })
      expect(reply).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    }
  })

  it('holds no longer than the password it was done with', async () => {
    server = await startTestServer()
    const here = await server.setup()
    const there = await server.login(administrator.email, administrator.password)
    const passwords = { password: administrator.password, new_password: 'another horse 2', repeat_new_password: 'another horse 2' }
    const changed = await here.fetch('POST', '/account/password', passwords)
    expect(changed.status).toBe(200)
    const profile = (cookie: string, csrf: string) =>
      sendJson(`${server.url}/console/api/account/profile`, 'GET', undefined, { cookie, 'x-csrf-token': csrf })
    const renewed = Object.fromEntries(changed.headers.getSetCookie().map((cookie) => cookie.split(';')[0]?.split('=') ?? []))
    const cookie = Object.entries(renewed).map(([name, value]) => `${name}=${value}`)
    expect((await profile(cookie.join('; '), String(renewed['csrf_token']))).status).toBe(200)
    expect((await there.send('GET', '/account/profile')).status).toBe(401)
    await server.process.features.accounts.account.resetPassword(administrator.email, 'third horse 3')
    expect((await profile(cookie.join('; '), String(renewed['csrf_token']))).status).toBe(401)
  })
})
