import type { Storage } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toArray, toBuffer } from './collect.ts'

/** Where a stand-in for the real service is known to be wrong; what it gets wrong is skipped and must be tested otherwise. */
export interface StandInFaults {
  /** Takes a range that ends at byte 0 for one without an end. */
  readonly rangeToZero?: boolean
  readonly listingOrder?: boolean
  readonly listingPages?: boolean
}

/** What every file storage owes its callers. Keys are made unique here, so the backend may be in use by others. */
export function describeStorage(
  name: string,
  create: () => Promise<{ readonly storage: Storage; readonly close: () => Promise<void> }>,
  faults: StandInFaults = {},
): void {
  describe(`file storage: ${name}`, () => {
    let storage: Storage
    let close: () => Promise<void>
    let nextKey = 0
    const aFolder = (): string => `suite-${process.pid}/${++nextKey}`

    beforeAll(async () => {
      const created = await create()
      storage = created.storage
      close = created.close
    })
    afterAll(async () => {
      await storage.close()
      await close()
    })

    it('is reachable and writable', async () => {
      await expect(storage.check()).resolves.toBeUndefined()
    })
    describeObjects(() => storage, aFolder)
    describeStreams(() => storage, aFolder, faults)
    describeListing(() => storage, aFolder, faults)
    describeRefusals(() => storage, aFolder)
  })
}

type Subject = () => Storage
type FolderMaker = () => string
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (content: Uint8Array): string => new TextDecoder().decode(content)

/** Content whose every byte tells its place, so that a lost, doubled or shifted part shows. */
async function* aStream(partSizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let position = 0
  for (const size of partSizes) {
    const part = new Uint8Array(size)
    for (let index = 0; index < size; index++) part[index] = position++ % 251
    yield part
  }
}

function describeObjects(storage: Subject, aFolder: FolderMaker): void {
  it('reads what was written, whatever the bytes and the name', async () => {
    const key = `${aFolder()}/Übersicht 2026 + notes (1) %41 &=?#.bin`
    const content = Uint8Array.from({ length: 256 }, (_, index) => index)
    await storage().write(key, content, { contentType: 'application/octet-stream' })
    expect(Buffer.from(await storage().read(key))).toEqual(Buffer.from(content))
    expect(await storage().size(key)).toBe(256)
  })
  it('keeps an empty object apart from none', async () => {
    const folder = aFolder()
    await storage().write(`${folder}/empty`, new Uint8Array())
    expect(await storage().read(`${folder}/empty`)).toHaveLength(0)
    expect(await storage().size(`${folder}/empty`)).toBe(0)
    expect(await toBuffer(storage().readStream(`${folder}/empty`))).toHaveLength(0)
    expect(await storage().size(`${folder}/none`)).toBeUndefined()
  })
  it('replaces an object', async () => {
    const key = `${aFolder()}/a.txt`
    await storage().write(key, bytes('a longer first content'))
    await storage().write(key, bytes('second'))
    expect(text(await storage().read(key))).toBe('second')
  })
  it('says file_not_found for what is not there', async () => {
    const key = `${aFolder()}/missing`
    await expect(storage().read(key)).rejects.toMatchObject({ code: 'file_not_found' })
    await expect(toBuffer(storage().readStream(key))).rejects.toMatchObject({ code: 'file_not_found' })
  })
  it('deletes, also what is not there', async () => {
    const key = `${aFolder()}/a`
    await storage().write(key, bytes('a'))
    await storage().delete(key)
    await storage().delete(key)
    await storage().delete(`${key}/b`)
    expect(await storage().size(key)).toBeUndefined()
  })
}

function describeStreams(storage: Subject, aFolder: FolderMaker, faults: StandInFaults): void {
  it.each([
    ['small', [3, 0, 5]],
    ['larger than any buffer', [1_000_000, 6_000_000, 9_000_000, 2_500_000, 17]],
  ])('writes a stream that is %s, and streams it back', async (_, partSizes) => {
    const key = `${aFolder()}/stream`
    await storage().write(key, aStream(partSizes))
    const expected = await toBuffer(aStream(partSizes))
    expect(await storage().size(key)).toBe(expected.length)
    expect((await toBuffer(storage().readStream(key))).equals(expected)).toBe(true)
  })
  it('leaves the old object where the new stream breaks off', async () => {
    const folder = aFolder()
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* aStream([9_000_000])
      throw new Error('the sender went away')
    }
    await storage().write(`${folder}/a`, bytes('old'))
    await expect(storage().write(`${folder}/a`, broken())).rejects.toThrow('the sender went away')
    await expect(storage().write(`${folder}/b`, broken())).rejects.toThrow('the sender went away')
    expect(text(await storage().read(`${folder}/a`))).toBe('old')
    expect(await toArray(storage().list(`${folder}/`))).toEqual([`${folder}/a`])
  })
  it('streams ranges, both ends included, the last one cut to the object', async () => {
    const key = `${aFolder()}/range`
    await storage().write(key, bytes('0123456789'))
    const range = async (start: number, end: number): Promise<string> => text(await toBuffer(storage().readStream(key, { start, end })))
    expect(await range(3, 6)).toBe('3456')
    expect(await range(8, 1000)).toBe('89')
    await expect(range(10, 12)).rejects.toMatchObject({ code: 'invalid_param' })
    await expect(range(5, 4)).rejects.toMatchObject({ code: 'invalid_param' })
    await expect(range(-1, 4)).rejects.toMatchObject({ code: 'invalid_param' })
  })
  it.skipIf(faults.rangeToZero)('streams the first byte alone', async () => {
    const key = `${aFolder()}/range`
    await storage().write(key, bytes('0123456789'))
    expect(text(await toBuffer(storage().readStream(key, { start: 0, end: 0 })))).toBe('0')
  })
  it('lets a reader leave early', async () => {
    const key = `${aFolder()}/long`
    await storage().write(key, aStream([2_000_000]))
    for await (const part of storage().readStream(key)) {
      expect(part[0]).toBe(0)
      break
    }
    await storage().delete(key)
  })
}

function describeListing(storage: Subject, aFolder: FolderMaker, faults: StandInFaults): void {
  it('lists keys by prefix', async () => {
    const folder = aFolder()
    const keys = ['a', 'a-1', 'b/a'].map((name) => `${folder}/${name}`)
    for (const key of keys) await storage().write(key, bytes(key))
    expect((await toArray(storage().list(`${folder}/a`))).toSorted()).toEqual([`${folder}/a`, `${folder}/a-1`])
    expect((await toArray(storage().list(`${folder}/`))).toSorted()).toEqual(keys)
  })
  it.skipIf(faults.listingOrder)('lists keys in byte order', async () => {
    const folder = aFolder()
    const keys = ['b', 'a/z', 'a.txt', 'a-1', 'a/b/c', 'ab', 'é', 'Z', '\u{1f33f}', '\uffee'].map((name) => `${folder}/${name}`)
    for (const key of keys) await storage().write(key, bytes(key))
    const sorted = keys.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    const list = (prefix: string): Promise<string[]> => toArray(storage().list(`${folder}/${prefix}`))
    expect(await list('')).toEqual(sorted)
    expect(await list('a')).toEqual(sorted.filter((key) => key.startsWith(`${folder}/a`)))
    expect(await list('a/')).toEqual([`${folder}/a/b/c`, `${folder}/a/z`])
    expect(await list('none')).toEqual([])
  })
  it.skipIf(faults.listingPages)('lists more than a page', async () => {
    const folder = aFolder()
    const keys = Array.from({ length: 1100 }, (_, index) => `${folder}/${String(index).padStart(5, '0')}`)
    for (let index = 0; index < keys.length; index += 50) {
      await Promise.all(keys.slice(index, index + 50).map((key) => storage().write(key, bytes('x'))))
    }
    expect(await toArray(storage().list(`${folder}/`))).toEqual(keys)
  })
}

function describeRefusals(storage: Subject, aFolder: FolderMaker): void {
  it.each([
    '',
    '/etc/passwd',
    '../outside',
    'a/../../outside',
    'a/..',
    './a',
    'a//b',
    'a/',
    'a\\..\\b',
    'a\0b',
    'a\nb',
    '\ud800',
    'x'.repeat(1025),
  ])('refuses the key %j', async (key) => {
    const refusal = { code: 'invalid_param' }
    await expect(storage().write(key, bytes('x'))).rejects.toMatchObject(refusal)
    await expect(storage().read(key)).rejects.toMatchObject(refusal)
    await expect(toBuffer(storage().readStream(key))).rejects.toMatchObject(refusal)
    await expect(storage().size(key)).rejects.toMatchObject(refusal)
    await expect(storage().delete(key)).rejects.toMatchObject(refusal)
  })
  it('refuses to list outside', async () => {
    const folder = aFolder()
    for (const prefix of ['/', '..', '../', `${folder}/../../`]) {
      await expect(toArray(storage().list(prefix))).rejects.toMatchObject({ code: 'invalid_param' })
    }
  })
}
