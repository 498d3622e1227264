import { describe, expect, it } from 'vitest'
import { extensionOf, fileTypeOf, isMedia, mayShowInline } from './file-kinds.ts'

describe('file kinds', () => {
  it.each([
    ['a.PNG', 'png'],
    ['archive.tar.gz', 'gz'],
    ['README', ''],
    ['.env', 'env'],
    ['ends.', ''],
  ])('the extension of "%s" is "%s"', (name, extension) => {
    expect(extensionOf(name)).toBe(extension)
  })

  it.each([
    ['svg', 'text/plain', 'image'],
    ['mp3', 'application/octet-stream', 'audio'],
    ['webm', 'audio/webm', 'video'],
    ['mdx', '', 'document'],
    ['heic', 'image/heic', 'image'],
    ['', 'audio/ogg', 'audio'],
    ['exe', 'application/x-msdownload', 'custom'],
    ['', '', 'custom'],
  ])('a .%s of the type "%s" is %s', (extension, mimeType, type) => {
    expect(fileTypeOf(extension, mimeType)).toBe(type)
  })

  it.each(['image/png', 'audio/mpeg', 'video/mp4', 'application/pdf', 'text/plain', 'text/plain; charset=utf-8'])(
    'shows %s in the browser',
    (mimeType) => {
      expect(mayShowInline(mimeType)).toBe(true)
    },
  )

  it.each([
    'image/svg+xml',
    'image/SVG+xml',
    'IMAGE/svg+xml',
    'text/html',
    'text/xml',
    'application/xhtml+xml',
    'application/pdf+x',
    'text/plain-not',
    '',
  ])('only hands out %s', (mimeType) => {
    expect(mayShowInline(mimeType)).toBe(false)
  })

  it('knows what is played', () => {
    expect(['audio/mpeg', 'video/mp4', 'Audio/MPEG', 'image/png'].map(isMedia)).toEqual([true, true, true, false])
  })
})
