import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeExtension, startFakeExtension } from '../../../../../tools/fake-extension/index.ts'
import { type ConsoleSession, startTestServer, type TestServer } from '../../testing/test-server.ts'

const PATH = '/api-based-extension'
const KEY = 'a-key-of-an-extension'

describe('API extensions', () => {
  let extension: FakeExtension
  let server: TestServer
  let owner: ConsoleSession
  const wanted = (change: object = {}) => ({ name: 'Words', api_endpoint: extension.url, api_key: KEY, ...change })

  beforeAll(async () => {
    extension = await startFakeExtension(() => ({ body: {} }))
    server = await startTestServer({ env: { EGRESS_ALLOWED_HOSTS: '127.0.0.1' } })
    owner = await server.setup()
  })
  afterAll(async () => {
    await server.close()
    await extension.close()
  })

  const latest = async () => (await owner.send('GET', '/workspaces/current/audit-log?limit=1')).body.data[0]

  it('are added, read, changed and deleted, and their keys never come back', async () => {
    expect((await owner.send('GET', PATH)).body).toEqual([])
    const created = await owner.send('POST', PATH, wanted())
    const shown = { id: expect.any(String), name: 'Words', api_endpoint: extension.url, api_key: 'a-k******ion' }
    expect(created).toMatchObject({ status: 201, body: { ...shown, created_at: expect.any(Number) } })
    expect(extension.calls).toEqual([{ method: 'POST', authorization: `Bearer ${KEY}`, point: 'ping', params: {} }])
    const path = `${PATH}/${created.body.id}`
    expect(await owner.send('GET', path)).toMatchObject({ status: 200, body: created.body })
    expect((await owner.send('GET', PATH)).body).toEqual([created.body])
    expect(await latest()).toMatchObject({ action: 'extension.create', details: { name: 'Words' } })

    const { db } = server.process.platform.database
    const row = await db.selectFrom('api_extensions').selectAll().executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain(KEY)

    const renamed = await owner.send('POST', path, wanted({ name: 'More words', api_key: '[__HIDDEN__]' }))
    expect(renamed).toMatchObject({ status: 200, body: { ...shown, name: 'More words' } })
    expect(extension.calls.at(-1)).toMatchObject({ authorization: `Bearer ${KEY}`, point: 'ping' })
    expect(await latest()).toMatchObject({ action: 'extension.change', target: { type: 'extension', name: 'Words' } })
    expect((await owner.send('POST', path, wanted({ api_key: 'a-k******ion' }))).status).toBe(200)

    expect((await owner.send('DELETE', path)).status).toBe(204)
    expect((await owner.send('DELETE', path)).status).toBe(404)
    expect(await latest()).toMatchObject({ action: 'extension.delete', target: { name: 'Words' } })
  })

  it('are there once by each name, and tell which apps ask them', async () => {
    const { id } = (await owner.send('POST', PATH, wanted())).body
    const taken = { reason: 'name_taken', values: { name: wanted().name } }
    expect(await owner.send('POST', PATH, wanted())).toMatchObject({ status: 400, body: { params: 'name', details: taken } })
    const users = async () => (await owner.send('GET', `${PATH}/${id}/apps`)).body.data
    expect(await users()).toEqual([])
    const inputs_config = { enabled: true, preset_response: '' }
    const config = { sensitive_word_avoidance: { enabled: true, type: 'api', config: { inputs_config, api_based_extension_id: id } } }
    const app = await server.createApp(owner, { mode: 'chat', name: 'Guarded', config })
    expect(await users()).toEqual([{ app_id: app.id, name: 'Guarded', mode: 'chat' }])
    const { model_config } = (await owner.send('GET', `/apps/${app.id}`)).body
    await owner.send('POST', `/apps/${app.id}/model-config`, { ...model_config, sensitive_word_avoidance: { enabled: false } })
    expect(await users()).toEqual([])
    await owner.send('DELETE', `${PATH}/${id}`)
  })

  it.each([
    ['a key that is wrong', () => ({ api_key: 'wrong' }), 'api_endpoint', /it answered 401 instead of 200: Who are you\?/],
    ['a key that is too short', () => ({ api_key: 'four' }), 'api_key', /at least 5 characters/],
    ['a key that no header takes', () => ({ api_key: 'schlüssel' }), 'api_key', /ASCII/],
    ['a mask of nothing', () => ({ api_key: '[__HIDDEN__]' }), 'api_key', /came masked/, 'key_masked'],
    ['no address', () => ({ api_endpoint: 'example.com' }), 'api_endpoint', /whole address/],
    ['another scheme', () => ({ api_endpoint: 'ftp://example.com' }), 'api_endpoint', /whole address/],
    ['a private address', () => ({ api_endpoint: 'http://10.0.0.1/' }), 'api_endpoint', /EGRESS_ALLOWED_HOSTS/, 'extension_ping'],
    [
      'the metadata of a cloud',
      () => ({ api_endpoint: 'http://169.254.169.254/' }),
      'api_endpoint',
      /ping before it is saved/,
      'extension_ping',
    ],
    ['a server that is down', () => ({ api_endpoint: 'http://127.0.0.1:9' }), 'api_endpoint', /ping before it is saved/, 'extension_ping'],
    ['no name', () => ({ name: ' ' }), 'name', /needs a name/],
  ])('are refused with what is wrong: %s', async (_what, change, param, message, reason?: string) => {
    const answer = await owner.send('POST', PATH, wanted({ name: 'Other', ...change() }))
    const told = { code: 'invalid_param', params: param, message: expect.stringMatching(message), ...(reason && { details: { reason } }) }
    expect(answer).toMatchObject({ status: 400, body: told })
    expect((await owner.send('GET', PATH)).body).toEqual([])
  })

  it.each([
    ['{"result":"ping"}', /not of the form \{"result": "pong"\}, but \{"result":"ping"\}/],
    ['<html>Hello</html>', /but <html>Hello<\/html>/],
    ['', /but empty/],
  ])('must answer a ping as they should: %s', async (body, message) => {
    const other = createServer((request, response) => request.resume().on('end', () => response.end(body)))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : 0
    const answer = await owner.send('POST', PATH, wanted({ api_endpoint: `http://127.0.0.1:${port}` }))
    other.closeAllConnections()
    other.close()
    const told = {
      params: 'api_endpoint',
      message: expect.stringMatching(message),
      fault: { code: 'form', values: { answer: body || 'empty' } },
      // What it answered stands beside the sentence, not in it.
      details: { reason: 'extension_ping', values: { fault: 'form', example: '{"result": "pong"}' } },
    }
    expect(answer).toMatchObject({ status: 400, body: told })
  })

  it('do not send their key to another address unseen', async () => {
    const { id } = (await owner.send('POST', PATH, wanted())).body
    const moved = wanted({ api_endpoint: `${extension.url}/elsewhere`, api_key: '[__HIDDEN__]' })
    const again = { params: 'api_key', details: { reason: 'credentials_secret_again' } }
    expect(await owner.send('POST', `${PATH}/${id}`, moved)).toMatchObject({ status: 400, body: again })
    expect((await owner.send('POST', `${PATH}/${id}`, { ...moved, api_key: KEY })).status).toBe(200)
    await owner.send('DELETE', `${PATH}/${id}`)
  })

  it('of the server’s own code are none', async () => {
    expect((await owner.send('GET', '/code-based-extension?module=moderation')).body).toEqual({ module: 'moderation', data: [] })
  })
})
