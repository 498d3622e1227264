import { deflateSync } from 'node:zlib'
import type { Extractor } from '@trellis/spec'
import { afterEach, describe, expect, it } from 'vitest'
import { createExtractor, type ExtractorOptions } from './create-extractor.ts'

const opened: Extractor[] = []
const open = (options: ExtractorOptions = {}): Extractor => {
  const extractor = createExtractor(options)
  opened.push(extractor)
  return extractor
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((extractor) => extractor.close()))
})

const words = (text: string) => ({ bytes: Buffer.from(text), filename: 'a.txt' })
/** Takes long to read: a number that a parser of YAML looks at again and again. */
const slow = { bytes: Buffer.from(`${'['.repeat(60)}${'a, '.repeat(2_000_000)}`), filename: 'a.yaml' }
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof Error && 'failure' in error ? error.failure : error),
  )

describe('the extractor', () => {
  it('reads documents in threads and leaves the bytes to the caller', async () => {
    const extractor = open()
    const bytes = Buffer.from('你好')
    const results = await Promise.all(Array.from({ length: 20 }, () => extractor.extract({ bytes, filename: 'a.txt' })))
    expect(new Set(results.map(({ text }) => text))).toEqual(new Set(['你好']))
    expect(bytes.toString()).toBe('你好')
  })

  it('tells failures with their code across the thread', async () => {
    const extractor = open()
    expect(await failure(extractor.extract({ bytes: Buffer.from('x'), filename: 'a.docx' }))).toBe('broken-file')
    expect(await failure(extractor.extract({ bytes: Buffer.from('x'), filename: 'a.exe' }))).toBe('unsupported-type')
    expect(extractor.supports({ filename: 'a.exe' })).toBe(false)
    expect(extractor.supports({ mimeType: 'application/pdf' })).toBe(true)
  })

  it('gives up a document that takes too long, and reads the next', async () => {
    const extractor = open({ limits: { timeoutMs: 200 }, maxWorkers: 1 })
    const next = open({ maxWorkers: 1 })
    expect(await failure(extractor.extract(slow))).toBe('timeout')
    expect((await next.extract(words('next'))).text).toBe('next')
  })

  it('gives up a document that takes too much memory, in objects or in buffers, and reads the next', async () => {
    const extractor = open({ limits: { memoryBytes: 64 * 1024 * 1024 }, maxWorkers: 1 })
    expect(await failure(extractor.extract({ bytes: Buffer.from(`[${'{"a":1},'.repeat(3_000_000)}1]`), filename: 'a.yaml' }))).toBe(
      'too-large',
    )
    expect(await failure(extractor.extract(aBomb()))).toBe('too-large')
    expect((await extractor.extract(words('next'))).text).toBe('next')
  })

  it('stops at once when the caller does, waiting or reading', async () => {
    const extractor = open({ maxWorkers: 1 })
    const reading = new AbortController()
    const waiting = new AbortController()
    const first = failure(extractor.extract(slow, reading.signal))
    const second = failure(extractor.extract(words('never'), waiting.signal))
    const third = extractor.extract(words('third'))
    waiting.abort('second')
    reading.abort('first')
    expect(await first).toBe('first')
    expect(await second).toBe('second')
    expect((await third).text).toBe('third')
    expect(await failure(extractor.extract(words('x'), AbortSignal.abort('before')))).toBe('before')
  })

  it('ends its threads when they are idle, and starts them again', async () => {
    const extractor = open({ idleMs: 1 })
    for (let round = 0; round < 3; round += 1) {
      expect((await extractor.extract(words(`${round}`))).text).toBe(`${round}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })

  it('answers what is under way when it closes', async () => {
    const extractor = open({ maxWorkers: 1 })
    const results = [failure(extractor.extract(slow)), failure(extractor.extract(words('waits')))]
    await extractor.close()
    expect(await Promise.all(results)).toEqual(['unavailable', 'unavailable'])
    expect(await failure(extractor.extract(words('late')))).toBe('unavailable')
  })
})

/** A page of 300 MB in less than a kilobyte: packed twice. */
function aBomb() {
  const content = deflateSync(deflateSync(Buffer.alloc(300 * 1024 * 1024, ' ')))
  const head = `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>> endobj
4 0 obj <</Filter[/FlateDecode/FlateDecode]/Length ${content.length}>>
stream
`
  const tail = '\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF'
  return { bytes: Buffer.concat([Buffer.from(head), content, Buffer.from(tail)]), filename: 'a.pdf' }
}
