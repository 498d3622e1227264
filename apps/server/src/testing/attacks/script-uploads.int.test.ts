import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleSession, startTestServer, type TestApp, type TestServer } from '../test-server.ts'

const PAGE = '<!doctype html><script>document.title = "pwned"</script>'
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
/** Begins as a picture, and is a script to whoever reads it as one. */
const POLYGLOT = `GIF89a/*${'\u0001'.repeat(8)}*/=1;alert(1)`

/** Files that would run on our own address, and by that with the session of whoever opens them. */
const scripts = [
  ['a page', 'page.html', 'text/html', PAGE],
  ['a page in capitals', 'PAGE.HTM', 'TEXT/HTML', PAGE],
  ['a page that says it is text', 'page.html', 'text/plain', PAGE],
  ['a page that says it is a picture', 'page.html', 'image/png', PAGE],
  ['a picture that says it is a page', 'pixel.png', 'text/html', POLYGLOT],
  ['a page under a name of text', 'notes.txt', 'text/html; charset=utf-8', PAGE],
  ['XHTML', 'page.txt', 'application/xhtml+xml', PAGE],
  ['XML with a stylesheet', 'data.txt', 'text/xml', '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>'],
  ['a drawing', 'drawing.svg', 'image/svg+xml', PICTURE],
  ['a drawing that says it is a bitmap', 'drawing.svg', 'image/png', PICTURE],
  ['a bitmap that says it is a drawing', 'pixel.png', 'image/svg+xml', PICTURE],
  ['a polyglot of GIF and script', 'pixel.gif', 'image/gif', POLYGLOT],
  ['a script', 'script.md', 'text/javascript', 'alert(1)'],
  ['a type that is two', 'notes.txt', 'text/plain, text/html', PAGE],
  ['a type with a line in it', 'notes.txt', 'text/plain\r\nx-evil: 1', PAGE],
] as const

describe('upload of scripts', () => {
  let server: TestServer
  let session: ConsoleSession
  let app: TestApp
  beforeAll(async () => {
    server = await startTestServer()
    session = await server.setup()
    app = await server.createApp(session, { mode: 'chat' })
  })
  afterAll(() => server.close())

  const upload = async (name: string, type: string, content: string) => {
    const form = new FormData()
    form.set('file', new File([content], name, { type }))
    const response = await fetch(`${server.url}/v1/files/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.key}` },
      body: form,
    })
    return { status: response.status, body: await response.json() }
  }

  /** Shown as what no browser runs, or not shown at all, and never with rights of our address. */
  const expectHarmless = ({ status, headers }: Response): void => {
    expect(status).toBe(200)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    const type = headers.get('content-type') ?? ''
    expect(type).toMatch(/^(application\/octet-stream|application\/pdf|text\/plain|image\/(png|gif|jpeg|webp)|audio\/|video\/)/)
    if (type.startsWith('application/octet-stream')) expect(headers.get('content-disposition')).toMatch(/^attachment;/)
  }

  it.each(scripts)('of %s is handed out as what does not run', async (_, name, type, content) => {
    const { status, body } = await upload(name, type, content)
    if (status !== 201) return expect(body.code).toBeOneOf(['unsupported_file_type', 'invalid_param'])
    const addresses = [body.source_url, `/v1/files/${body.id}/preview?user=${body.created_by}`]
    const [signed, preview] = await Promise.all(
      addresses.map((address) => fetch(new URL(address, server.url), { headers: { authorization: `Bearer ${app.key}` } })),
    )
    if (signed) expectHarmless(signed)
    if (preview?.status === 200) expectHarmless(preview)
  })

  it.each(['../../web/dist/index.html', '..\\index.html', '/etc/cron.d/x', 'C:\\a.html', '..', '%2e%2e%2findex.html', 'a\u0000/../b.html'])(
    'under the name %j leaves no folder',
    async (name) => {
      const { status, body } = await upload(name, 'text/plain', PAGE)
      if (status !== 201) return expect(body.code).toBeOneOf(['unsupported_file_type', 'invalid_param'])
      const row = await server.process.platform.database.db
        .selectFrom('upload_files')
        .selectAll()
        .where('id', '=', body.id)
        .executeTakeFirstOrThrow()
      expect(row.storage_key).not.toContain('..')
      expect(row.storage_key).not.toContain('%')
      expect(row.storage_key.endsWith('html')).toBe(name.startsWith('%'))
    },
  )

  it('makes no icon of an app out of what is no picture', async () => {
    const form = new FormData()
    form.set('file', new File([PAGE], 'page.html', { type: 'text/html' }))
    const { 'content-type': _, ...headers } = { 'content-type': '', ...session.headers }
    const response = await fetch(`${server.url}/console/api/files/upload`, { method: 'POST', headers, body: form })
    const { id } = await response.json()
    expect(response.status).toBe(201)
    const reply = await session.send('POST', `/apps/${app.id}/icon`, { icon_type: 'image', icon: id, icon_background: '#ffffff' })
    expect(reply).toMatchObject({ status: 400 })
  })
})
