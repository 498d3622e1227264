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

  const upload = (name: string) => {
    const form = new FormData()
    form.set('file', new File(['x'], name, { type: 'text/plain' }))
    return send(form)
  }
  const send = async (body: FormData | Blob) => {
    const response = await fetch(`${server.url}/v1/files/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.key}` },
      body,
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

  it.each([
    ['pixel.png', 415],
    ['song.mp3', 415],
    ['notes.txt', 201],
  ])('need a type with the part, where %s would else pass for text', async (name, status) => {
    const part = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\nx\r\n--b--\r\n`
    const answer = await send(new Blob([part], { type: 'multipart/form-data; boundary=b' }))
    expect(answer.status).toBe(status)
    if (status === 415) expect(answer.body).toMatchObject({ code: 'unsupported_file_type' })
  })

  it('leave NUL out of names, which not every database has in texts', async () => {
    const part =
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a\u0000b.txt"\r\ncontent-type: text/plain\r\n\r\nx\r\n--b--\r\n'
    const answer = await send(new Blob([part], { type: 'multipart/form-data; boundary=b' }))
    expect(answer).toMatchObject({ status: 201, body: { name: 'ab.txt' } })
  })

  it('tell their workspace and a signed address of their bytes', async () => {
    const { body } = await upload('a.txt')
    expect(body.tenant_id).toMatch(/^[0-9a-f-]{36}$/)
    const content = await fetch(new URL(body.source_url, server.url))
    expect(await content.text()).toBe('x')
  })
})
