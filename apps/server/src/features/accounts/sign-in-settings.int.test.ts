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

  it('is possible again, where no mail is sent, by a link that an administrator makes for a member below them', async () => {
    server = await startTestServer()
    const owner = await server.setup()
    const members = '/workspaces/current/members'
    const post = (path: string, body: object) => sendJson(`${server.url}/console/api${path}`, 'POST', body)
    const invited = await owner.send('POST', `${members}/invite-email`, { emails: ['bob@example.com'], role: 'editor' })
    const token = new URL(invited.body.invitation_results[0].url).searchParams.get('token')
    await post('/activate', { token, name: 'Bob', password: 'forgotten horse 1' })
    const bob = await server.login('bob@example.com', 'forgotten horse 1')
    const { id } = (await bob.send('GET', '/account/profile')).body
    const makeLink = async (): Promise<string> => {
      const made = await owner.send('POST', `${members}/${id}/reset-link`)
      expect(made.status).toBe(201)
      return new URL(made.body.url).searchParams.get('token') ?? ''
    }
    const set = (token: string) =>
      post('/forgot-password/resets', { token, new_password: 'new horse 22', password_confirm: 'new horse 22' })
    expect(await post('/forgot-password', { email: 'bob@example.com' })).toMatchObject({
      status: 400,
      body: { code: 'mail_not_configured' },
    })
    expect(await owner.send('POST', '/workspaces/current/mail/test')).toMatchObject({
      status: 400,
      body: { code: 'mail_not_configured', message: expect.stringContaining('MAIL_TYPE') },
    })
    const [first, second] = [await makeLink(), await makeLink()]
    expect((await set(first)).body.code).toBe('invalid_or_expired_token')
    expect((await set(second)).status).toBe(200)
    expect((await set(second)).body.code).toBe('invalid_or_expired_token')
    const again = await server.login('bob@example.com', 'new horse 22')
    // A link ends with the password that it was to replace.
    const third = await makeLink()
    const passwords = { password: 'new horse 22', new_password: 'own horse 33', repeat_new_password: 'own horse 33' }
    expect((await again.send('POST', '/account/password', passwords)).status).toBe(200)
    expect((await set(third)).body.code).toBe('invalid_or_expired_token')
    expect((await bob.send('POST', `${members}/${id}/reset-link`)).status).toBe(401)
    const ownerId = (await owner.send('GET', '/account/profile')).body.id
    expect((await owner.send('POST', `${members}/${ownerId}/reset-link`)).body.code).toBe('cannot_operate_self')
  })
})
