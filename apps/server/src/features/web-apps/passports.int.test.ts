import { encodePassword } from '@trellis/contracts'
import { newId } from '@trellis/kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administrator, sendJson, startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'

describe('a passport', () => {
  let server: TestServer
  let app: TestApp
  beforeAll(async () => {
    server = await startTestServer()
    app = await server.createApp(await server.setup(), { mode: 'chat' })
  })
  afterAll(() => server.close())

  const visit = async (sessionId: string): Promise<string> => {
    const headers = { 'x-app-code': app.code }
    const { body } = await sendJson(`${server.url}/api/passport?user_id=${encodeURIComponent(sessionId)}`, 'GET', undefined, headers)
    const site = await sendJson(`${server.url}/api/site`, 'GET', undefined, { ...headers, 'x-app-passport': body.access_token })
    return site.body.end_user_id
  }
  const call = async (user: string): Promise<string> => {
    const { body } = await app.send('POST', '/chat-messages', { inputs: {}, query: 'Hello', user, response_mode: 'blocking' })
    const { db } = server.process.platform.database
    const { from_end_user_id } = await db.selectFrom('messages').selectAll().where('id', '=', body.message_id).executeTakeFirstOrThrow()
    return from_end_user_id ?? ''
  }

  it('makes nobody a user whom an application made', async () => {
    for (const name of ['bob@example.com', 'DEFAULT-USER']) {
      const user = await call(name)
      const visitor = await visit(name)
      expect(visitor).not.toBe(user)
      expect(await visit(name)).toBe(visitor)
    }
  })

  it('finds its visitor again, also after an application used the session', async () => {
    const visitor = await visit('session-1')
    expect(await visit('session-1')).toBe(visitor)
    expect(await call('session-1')).toBe(visitor)
    expect(await visit('session-1')).toBe(visitor)
  })

  it('of a page for members ends with the session that was shown for it, also where the page is opened to all', async () => {
    const owner = await server.login(administrator.email, administrator.password)
    const members = await server.createApp(owner, { mode: 'chat' })
    await owner.send('POST', `/apps/${members.id}/site`, { access_mode: 'private_all' })
    const ask = (path: string, headers: Record<string, string>) =>
      sendJson(`${server.url}/api${path}`, 'GET', undefined, { 'x-app-code': members.code, ...headers })
    const guest = await server.login(administrator.email, administrator.password)
    const [kept, left] = [owner, guest].map(async ({ headers }) => (await ask('/passport', headers)).body.access_token)
    const site = async (passport: Promise<string> | undefined) => await ask('/site', { 'x-app-passport': (await passport) ?? '' })
    expect([await site(kept), await site(left)]).toMatchObject([{ status: 200 }, { status: 200 }])
    // Somebody else signs in, in the same browser.
    const next = { email: administrator.email, password: encodePassword(administrator.password) }
    const login = await sendJson(`${server.url}/console/api/login`, 'POST', next, { cookie: guest.headers['cookie'] ?? '' })
    expect(login.status).toBe(200)
    const signedOut = { status: 401, body: { code: 'web_sso_auth_required' } }
    expect([await site(kept), await site(left)]).toMatchObject([{ status: 200 }, signedOut])
    await owner.send('POST', `/apps/${members.id}/site`, { access_mode: 'public' })
    expect([await site(kept), await site(left)]).toMatchObject([{ status: 200 }, signedOut])
  })

  it('of a page for members is for members, as long as they are', async () => {
    const owner = await server.login(administrator.email, administrator.password)
    const members = await server.createApp(owner, { mode: 'chat' })
    const ask = (path: string, headers: Record<string, string>) =>
      sendJson(`${server.url}/api${path}`, 'GET', undefined, { 'x-app-code': members.code, ...headers })
    const anonymous = (await ask('/passport', {})).body.access_token
    const saved = await owner.send('POST', `/apps/${members.id}/site`, { access_mode: 'private_all' })
    expect(saved.body.access_mode).toBe('private_all')

    expect((await ask(`/webapp/access-mode?appId=${members.id}`, {})).body).toEqual({ accessMode: 'private_all' })
    expect((await ask(`/webapp/permission?appId=${members.id}`, {})).body).toEqual({ result: false })
    expect((await ask(`/webapp/permission?appId=${members.id}`, owner.headers)).body).toEqual({ result: true })
    for (const refused of [await ask('/passport', {}), await ask('/site', { 'x-app-passport': anonymous })]) {
      expect(refused).toMatchObject({ status: 401, body: { code: 'web_sso_auth_required' } })
    }
    const passport = (await ask('/passport?user_id=somebody-else', owner.headers)).body.access_token
    const site = () => ask('/site', { 'x-app-passport': passport })
    const { body } = await site()
    expect((await ask('/passport', owner.headers)).status).toBe(200)
    const endUser = await server.process.features.endUsers.find(await tenantOf(members.id), members.id, body.end_user_id)
    expect(endUser?.session_id).toMatch(/^member:/)

    const { db } = server.process.platform.database
    await db
      .updateTable('tenant_members')
      .set({ tenant_id: newId() })
      .where('tenant_id', '=', await tenantOf(members.id))
      .execute()
    expect(await site()).toMatchObject({ status: 401, body: { code: 'web_app_access_denied' } })
  })

  const tenantOf = async (appId: string): Promise<string> => {
    const { db } = server.process.platform.database
    return (await db.selectFrom('apps').select('tenant_id').where('id', '=', appId).executeTakeFirstOrThrow()).tenant_id
  }
})
