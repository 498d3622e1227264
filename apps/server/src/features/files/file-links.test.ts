import { createHmac } from 'node:crypto'
import { newId } from '@trellis/kit'
import { describe, expect, it } from 'vitest'
import { createFileLinks } from './file-links.ts'

const SECONDS = 1_700_000_000
const fileId = newId()
const linksAt = (seconds: number, secretKey = 'secret') =>
  createFileLinks({ clock: { now: () => seconds * 1000 + 999 }, secretKey, baseUrl: 'https://files.example.com', lifetimeSeconds: 300 })

const read = (url: string) => {
  const { searchParams } = new URL(url)
  const get = (name: string): string => searchParams.get(name) ?? ''
  return { timestamp: get('timestamp'), nonce: get('nonce'), sign: get('sign') }
}

describe('file links', () => {
  const url = linksAt(SECONDS).signedUrl(fileId)
  const query = read(url)

  it('sign what others can check who know the secret', () => {
    expect(new URL(url).pathname).toBe(`/files/${fileId}/file-preview`)
    expect(query).toMatchObject({ timestamp: String(SECONDS), nonce: expect.stringMatching(/^[0-9a-f]{32}$/) })
    const wanted = createHmac('sha256', 'secret').update(`file-preview|${fileId}|${query.timestamp}|${query.nonce}`).digest('base64url')
    expect(query.sign).toBe(`${wanted}=`)
  })

  it.each([
    ['at once', SECONDS, true],
    ['to their last second', SECONDS + 300, true],
    ['no longer', SECONDS + 301, false],
  ])('are valid %s', (_title, now, expected) => {
    expect(linksAt(now).isValid('file-preview', fileId, query)).toBe(expected)
  })

  it.each([
    ['another file', newId(), query],
    ['a later time', fileId, { ...query, timestamp: String(SECONDS + 1) }],
    ['another nonce', fileId, { ...query, nonce: '0'.repeat(32) }],
    ['no signature', fileId, { ...query, sign: '' }],
    ['a longer signature', fileId, { ...query, sign: `${query.sign}=` }],
    ['a signature that is no ASCII', fileId, { ...query, sign: 'ä'.repeat(44) }],
  ])('are not valid for %s', (_title, id, given) => {
    expect(linksAt(SECONDS).isValid('file-preview', id, given)).toBe(false)
  })

  it('are not valid for another kind of link or under another secret', () => {
    expect(linksAt(SECONDS).isValid('image-preview', fileId, query)).toBe(false)
    expect(linksAt(SECONDS, 'other').isValid('file-preview', fileId, query)).toBe(false)
  })
})
