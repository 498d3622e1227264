import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleSession, startTestServer, type TestServer } from '../../testing/test-server.ts'

describe('uploads', () => {
  let server: TestServer
  let session: ConsoleSession
  let other: Server
  let otherUrl = ''
  beforeAll(async () => {
    server = await startTestServer({ env: { EGRESS_ALLOWED_HOSTS: '127.0.0.1', UPLOAD_IMAGE_FILE_SIZE_LIMIT: '1' } })
    session = await server.setup()
    other = createServer((request, response) => {
      response.setHeader('content-type', request.url === '/odd' ? 'image/png, text/html' : 'image/SVG+xml')
      response.end('<svg/>')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    other.close()
    await server.close()
  })

  const send = async (form: FormData) => {
    const response = await fetch(`${server.url}/console/api/files/upload`, { method: 'POST', headers: session.headers, body: form })
    return { status: response.status, body: await response.json() }
  }
  const twoMegabytes = new Uint8Array(2 * 1024 * 1024)

  it('are bounded by their kind while they arrive, in whichever part', async () => {
    for (const part of ['file', 'attachment']) {
      const form = new FormData()
      form.set(part, new File([twoMegabytes], 'picture.png', { type: 'image/png' }))
      expect(await send(form)).toMatchObject({ status: 413, body: { code: 'file_too_large' } })
    }
  })

  it('leave other parts of the form aside', async () => {
    const form = new FormData()
    form.set('attachment', new File([twoMegabytes], 'notes.txt', { type: 'text/plain' }))
    form.set('file', new File(['x'], 'notes.txt', { type: 'text/plain' }))
    expect(await send(form)).toMatchObject({ status: 201, body: { name: 'notes.txt', size: 1 } })
  })

  it.each([
    ['/%zz.png', '%zz.png'],
    ['/a%00b%0d%0ac.png', 'a_b__c.png'],
  ])('from %s have a name, whatever the address holds', async (path, name) => {
    expect(await session.send('POST', '/remote-files/upload', { url: otherUrl + path })).toMatchObject({ status: 201, body: { name } })
  })

  it('are shown only as what can be nothing else', async () => {
    for (const path of ['/odd', '/picture']) {
      const { body } = await session.send('POST', '/remote-files/upload', { url: otherUrl + path })
      const shown = await fetch(new URL(body.url, server.url))
      expect(shown.headers.get('content-type')).toBe('application/octet-stream')
      expect(shown.headers.get('content-disposition')).toContain('attachment')
    }
  })
})
