import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendJson, startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'

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
})
