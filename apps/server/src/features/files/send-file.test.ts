import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UploadRow } from './files.repository.ts'
import { sendFile } from './send-file.ts'

const bytes = Buffer.from('0123456789')

const upload = (mimeType: string, name: string): UploadRow => ({
  id: 'f',
  tenant_id: 't',
  storage_key: 'key',
  name,
  size: bytes.length,
  extension: '',
  mime_type: mimeType,
  created_by: 'u',
  created_by_role: 'account',
  source_url: '',
  created_at: 0,
})

describe('sendFile', () => {
  let server: FastifyInstance
  let file = upload('', '')
  beforeAll(() => {
    server = Fastify()
    const storage = {
      async *readStream(_key: string, range?: { readonly start: number; readonly end: number }) {
        yield range ? bytes.subarray(range.start, range.end + 1) : bytes
      },
    }
    server.get<{ Querystring: { attach?: string; cache?: string } }>('/', async (request, reply) => {
      const { attach, cache } = request.query
      await sendFile(storage, file, { asAttachment: attach !== undefined, cacheSeconds: Number(cache ?? 0), request, reply })
    })
  })
  afterAll(() => server.close())

  const get = (mimeType: string, { name = 'a', range, query = '' }: { name?: string; range?: string; query?: string } = {}) => {
    file = upload(mimeType, name)
    return server.inject({ url: `/${query}`, headers: range === undefined ? {} : { range } })
  }

  it('shows what is harmless as what it is', async () => {
    const reply = await get('image/png')
    expect(reply.body).toBe('0123456789')
    expect(reply.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '10', 'cache-control': 'no-store' })
    expect(reply.headers).not.toHaveProperty('content-disposition')
    expect(reply.headers).not.toHaveProperty('accept-ranges')
  })

  it.each(['text/html', 'image/svg+xml', 'IMAGE/SVG+XML', 'application/xhtml+xml', 'text/javascript'])(
    'only hands out %s',
    async (mimeType) => {
      const { headers } = await get(mimeType, { name: 'page' })
      expect(headers['content-type']).toBe('application/octet-stream')
      expect(headers['content-disposition']).toBe("attachment; filename*=UTF-8''page")
      expect(headers['content-security-policy']).toContain('sandbox')
    },
  )

  it.each([
    ['naïve 🌱.txt', 'na%C3%AFve%20%F0%9F%8C%B1.txt'],
    [`it's (1)*.txt`, 'it%27s%20%281%29%2A.txt'],
    ['a"\r\nX-Evil: 1', 'a%22%0D%0AX-Evil%3A%201'],
    ['half \ud83c.txt', 'half%20%EF%BF%BD.txt'],
  ])('names a download: %j', async (name, encoded) => {
    const { headers } = await get('image/png', { name, query: '?attach' })
    expect(headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${encoded}`)
  })

  it('lets it be cached where asked', async () => {
    expect((await get('image/png', { query: '?cache=3600' })).headers['cache-control']).toBe('private, max-age=3600')
  })

  it.each([
    ['bytes=2-4', 'bytes 2-4/10', '234'],
    ['bytes=7-', 'bytes 7-9/10', '789'],
    ['bytes=-3', 'bytes 7-9/10', '789'],
    ['bytes=8-99', 'bytes 8-9/10', '89'],
    ['bytes=-99', 'bytes 0-9/10', '0123456789'],
    ['bytes=0-0', 'bytes 0-0/10', '0'],
  ])('plays %s', async (range, contentRange, body) => {
    const reply = await get('audio/mpeg', { range })
    expect(reply.statusCode).toBe(206)
    expect(reply.headers).toMatchObject({ 'content-range': contentRange, 'content-length': String(body.length), 'accept-ranges': 'bytes' })
    expect(reply.body).toBe(body)
  })

  it.each(['bytes=-', 'bytes=5-2', 'bytes=10-', 'bytes=-0', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=a-b'])(
    'sends the whole for %s',
    async (range) => {
      const reply = await get('video/mp4', { range })
      expect([reply.statusCode, reply.body]).toEqual([200, '0123456789'])
    },
  )

  it('knows no ranges of what is not played', async () => {
    expect((await get('image/png', { range: 'bytes=2-4' })).statusCode).toBe(200)
  })
})
