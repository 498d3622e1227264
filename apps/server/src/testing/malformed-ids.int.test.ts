import { newId } from '@trellis/kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleSession, startTestServer, type TestApp, type TestServer } from './test-server.ts'

describe('an address with something else where an id belongs', () => {
  let server: TestServer
  let session: ConsoleSession
  let app: TestApp
  beforeAll(async () => {
    server = await startTestServer()
    session = await server.setup()
    app = await server.createApp(session, { mode: 'chat' })
  })
  afterAll(() => server.close())

  it.each(['', '/chat-conversations', '/api-keys'])('is answered as an app that is not there: /apps/...%s', async (rest) => {
    const malformed = await session.send('GET', `/apps/not-a-uuid${rest}`)
    expect(malformed).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
    expect(malformed.body).toEqual((await session.send('GET', `/apps/${newId()}${rest}`)).body)
  })

  it('is answered as a message that is not there', async () => {
    expect(await app.send('GET', '/messages/not-a-uuid/suggested?user=u')).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('is told apart from a malformed id elsewhere', async () => {
    const reply = await app.send('GET', '/messages?user=u&conversation_id=not-a-uuid')
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'conversation_id' } })
  })
})
