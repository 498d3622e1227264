import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compressText, expandText } from './compressed-text.ts'

describe('compressed text', () => {
  it('comes back as it was, also as addresses garble it', async () => {
    const text = 'Ada & Ñandú 机器 '.repeat(40)
    const packed = await compressText(text)
    expect(await expandText(packed)).toBe(text)
    expect(await expandText(encodeURIComponent(packed))).toBe(text)
    expect(await expandText(packed.replaceAll('+', ' '))).toBe(text)
    expect(await expandText(packed.replaceAll('+', '-').replaceAll('/', '_'))).toBe(text)
    expect(await expandText(await compressText(''))).toBe('')
  })

  it('is read as other compressors write it', async () => {
    expect(await expandText(gzipSync('Grace').toString('base64'))).toBe('Grace')
  })

  it.each(['Ada', '', 'H4sI', 'H4sIAAAA', '100%', '%E0%A4%A', 'H4sI broken'])('is not what is none: %j', async (text) => {
    expect(await expandText(text)).toBeUndefined()
  })

  it('does not expand without end', async () => {
    expect(await expandText(gzipSync(Buffer.alloc(50_000_000)).toString('base64'))).toBeUndefined()
  })
})
