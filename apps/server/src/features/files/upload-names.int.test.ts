import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'

describe('names of uploaded files', () => {
  let server: TestServer
  let app: TestApp
  beforeAll(async () => {
    server = await startTestServer()
    app = await server.createApp(await server.setup(), { mode: 'chat' })
  })
  afterAll(() => server.close())

  const upload = async (name: string) => {
    const form = new FormData()
    form.set('file', new File(['x'], name, { type: 'text/plain' }))
    const response = await fetch(`${server.url}/v1/files/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.key}` },
      body: form,
    })
    return { status: response.status, body: await response.json() }
  }

  it.each(['../secret.txt', 'a/b.txt', 'a\\b.txt', 'C:\\b.txt'])('refuses %s: a path is no name', async (name) => {
    expect(await upload(name)).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'file' } })
  })

  it('keeps any other as it is', async () => {
    expect(await upload('täglich & 日々 (1).txt')).toMatchObject({
      status: 201,
      body: { name: 'täglich & 日々 (1).txt', extension: 'txt' },
    })
  })
})
