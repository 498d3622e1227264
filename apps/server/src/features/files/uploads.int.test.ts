import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'

describe('uploads over the Service API', () => {
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

  it.each(['../secret.txt', 'a/b.txt', 'a\\b.txt', 'C:\\b.txt'])('refuse the name %s: a path is no name', async (name) => {
    expect(await upload(name)).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'file' } })
  })

  it('keep any other name as it is', async () => {
    expect(await upload('täglich & 日々 (1).txt')).toMatchObject({
      status: 201,
      body: { name: 'täglich & 日々 (1).txt', extension: 'txt' },
    })
  })

  it('tell their workspace and a signed address of their bytes', async () => {
    const { body } = await upload('a.txt')
    expect(body.tenant_id).toMatch(/^[0-9a-f-]{36}$/)
    const content = await fetch(new URL(body.source_url, server.url))
    expect(await content.text()).toBe('x')
  })
})
