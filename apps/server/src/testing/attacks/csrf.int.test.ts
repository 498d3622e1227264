import { encodePassword } from '@trellis/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administrator, type ConsoleSession, startTestServer, type TestApp, type TestServer } from '../test-server.ts'

const STRANGER = 'https://stranger.example.com'

/** A page of another origin makes the browser of somebody who is signed in send requests: cookies go along, headers of its choice do not. */
describe('CSRF', () => {
  let server: TestServer
  let session: ConsoleSession
  let app: TestApp
  beforeAll(async () => {
    server = await startTestServer()
    session = await server.setup()
    app = await server.createApp(session, { mode: 'chat', name: 'Mine' })
  })
  afterAll(() => server.close())

  const asked = (path: string, init: RequestInit): Promise<Response> => {
    const { cookie = '' } = session.headers
    return fetch(server.url + path, { method: 'POST', ...init, headers: { cookie, origin: STRANGER, ...init.headers } })
  }
  const nameOf = async (): Promise<string> => (await session.send('GET', `/apps/${app.id}`)).body.name
  const form = new URLSearchParams({ name: 'Theirs' })

  it.each([
    ['a form', { body: form }],
    ['a form of parts', { body: toParts({ name: 'Theirs' }) }],
    ['text that reads as JSON', { body: JSON.stringify({ name: 'Theirs' }), headers: { 'content-type': 'text/plain' } }],
    ['JSON', { body: JSON.stringify({ name: 'Theirs' }), headers: { 'content-type': 'application/json' } }],
  ])('by %s changes nothing', async (_, init) => {
    const response = await asked(`/console/api/apps/${app.id}/name`, init)
    expect(response.status).toBeOneOf([401, 415])
    expect(await nameOf()).toBe('Mine')
  })

  it('by an upload stores nothing', async () => {
    const response = await asked('/console/api/files/upload', { body: toParts({ file: new File(['x'], 'a.txt', { type: 'text/plain' }) }) })
    expect(response.status).toBe(401)
    const { db } = server.process.platform.database
    expect(await db.selectFrom('upload_files').selectAll().execute()).toEqual([])
  })

  it('by a link reads nothing', async () => {
    expect((await asked('/console/api/apps', { method: 'GET' })).status).toBe(401)
  })

  // As in Dify these take no token, because a beacon carries no header: the browser's word on where it comes from decides.
  it.each(['cross-site', 'same-site'])('by a beacon from a %s page saves no draft', async (site) => {
    const workflow = (await session.send('POST', '/apps', { name: 'Flow', mode: 'workflow' })).body
    const path = `/console/api/apps/${workflow.id}/workflows/draft`
    const headers = { 'content-type': 'text/plain', 'sec-fetch-site': site }
    const graph = { nodes: [], edges: [] }
    const theirs = await asked(path, { body: JSON.stringify({ graph, features: {} }), headers })
    expect(theirs.status).toBe(401)
    expect((await asked(`${path}/run`, { body: '{}', headers: { ...headers, 'content-type': 'application/json' } })).status).toBe(401)
    const ours = await asked(path, {
      body: JSON.stringify({ graph, features: {} }),
      headers: { ...headers, 'sec-fetch-site': 'same-origin' },
    })
    expect(ours.status).toBeOneOf([200, 409])
  })

  it('takes no address for a draft’s that only looks like one', async () => {
    const response = await asked(`/console/api/apps/${app.id}?/workflows/draft`, { method: 'DELETE' })
    expect(response.status).toBe(401)
    expect(await nameOf()).toBe('Mine')
  })

  it('signs nobody in under a stranger’s account', async () => {
    const { email, password } = administrator
    const credentials = { email, password: encodePassword(password) }
    const bodies = [new URLSearchParams(credentials), toParts(credentials), new Blob([JSON.stringify(credentials)], { type: 'text/plain' })]
    for (const body of bodies) {
      const response = await asked('/console/api/login', { body })
      expect(response.status).toBe(415)
      expect(response.headers.getSetCookie()).toEqual([])
    }
  })

  it('speaks for no visitor of a published page', async () => {
    const passport = (await (await fetch(`${server.url}/api/passport`, { headers: { 'x-app-code': app.code } })).json()).access_token
    const cookie = `passport-${app.code}=${passport}`
    const body = new URLSearchParams({ query: 'Hello' })
    const response = await asked('/api/chat-messages', { body, headers: { cookie } })
    expect(response.status).toBeOneOf([401, 415])
    const { db } = server.process.platform.database
    expect(await db.selectFrom('messages').selectAll().execute()).toEqual([])
  })

  it('is not let in by asking first', async () => {
    for (const path of ['/console/api/apps', '/console/api/login', '/api/chat-messages']) {
      const headers = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-csrf-token,content-type' }
      const reply = await asked(path, { method: 'OPTIONS', headers })
      expect(reply.headers.get('access-control-allow-credentials')).toBeNull()
    }
  })
})

function toParts(fields: Readonly<Record<string, string | File>>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}
