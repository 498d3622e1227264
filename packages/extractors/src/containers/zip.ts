import { crc32, inflateRawSync } from 'node:zlib'
import { brokenFile, encryptedFile, formatCount, tooLarge } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'

/** The files in a zip container. Names are compared without case, as office documents want it. */
export interface ZipArchive {
  readonly names: readonly string[]
  has(name: string): boolean
  /** Undefined where there is no such entry. @throws ExtractionError where it is damaged, encrypted or too large */
  read(name: string): Uint8Array | undefined
}

interface ZipEntry {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly checksum: number
  readonly packedBytes: number
  readonly unpackedBytes: number
  readonly headerOffset: number
}

type ZipLimits = Pick<ExtractionLimits, 'entries' | 'unpackedBytes' | 'ratio' | 'ratioFromBytes'>

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const HEADER_SIGNATURE = 0x04034b50
const END_BYTES = 22
const MAX_COMMENT_BYTES = 0xffff
const STORED = 0
const DEFLATED = 8
const IS_ENCRYPTED = 1
const IN_ZIP64 = 0xffffffff

/** Our own reader, because every bound has to hold before memory is taken. Format: APPNOTE.TXT 6.3. */
export function openZip(bytes: Uint8Array, limits: ZipLimits): ZipArchive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new Map<string, ZipEntry>()
  for (const entry of readDirectory(view, bytes, limits)) entries.set(toKey(entry.name), entry)
  let unpackedBytes = 0
  return {
    names: [...entries.values()].map(({ name }) => name),
    has: (name) => entries.has(toKey(name)),
    read(name) {
      const entry = entries.get(toKey(name))
      if (!entry) return undefined
      checkEntry(entry, limits)
      // Entries may overlap or be read twice, so what counts is what is unpacked, not what the directory adds up to.
      unpackedBytes += entry.unpackedBytes
      if (unpackedBytes > limits.unpackedBytes) throw tooLarge(`it unpacks to more than ${formatCount(limits.unpackedBytes)} bytes`)
      return unpack(entry, view, bytes)
    },
  }
}

const toKey = (name: string): string =>
  name
    .replaceAll('\\', '/')
    .replace(/^\.?\/+/, '')
    .toLowerCase()

function readDirectory(view: DataView, bytes: Uint8Array, limits: ZipLimits): ZipEntry[] {
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  if (count > limits.entries) throw tooLarge(`it holds more than ${formatCount(limits.entries)} files`)
  let offset = view.getUint32(end + 16, true)
  const entries: ZipEntry[] = []
  for (let index = 0; index < count; index += 1) {
    if (offset + 46 > view.byteLength || view.getUint32(offset, true) !== ENTRY_SIGNATURE)
      throw brokenFile('its list of contents is damaged')
    const nameBytes = view.getUint16(offset + 28, true)
    const name = bytes.subarray(offset + 46, offset + 46 + nameBytes)
    entries.push({
      // Names that matter to us are ASCII; others only have to differ.
      name: new TextDecoder().decode(name),
      flags: view.getUint16(offset + 8, true),
      method: view.getUint16(offset + 10, true),
      checksum: view.getUint32(offset + 16, true),
      packedBytes: view.getUint32(offset + 20, true),
      unpackedBytes: view.getUint32(offset + 24, true),
      headerOffset: view.getUint32(offset + 42, true),
    })
    offset += 46 + nameBytes + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true)
  }
  return entries
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT_BYTES)
  for (let offset = view.byteLength - END_BYTES; offset >= first; offset -= 1) {
    if (view.getUint32(offset, true) === END_SIGNATURE) return offset
  }
  throw brokenFile('its end is missing, so it was cut off or is of another kind')
}

function checkEntry({ flags, method, packedBytes, unpackedBytes }: ZipEntry, limits: ZipLimits): void {
  if ((flags & IS_ENCRYPTED) !== 0) throw encryptedFile()
  if (method !== STORED && method !== DEFLATED) throw brokenFile(`it is packed by a method (${method}) that such files do not use`)
  if (packedBytes === IN_ZIP64 || unpackedBytes === IN_ZIP64) throw tooLarge('a part of it is larger than 4 GB')
  if (unpackedBytes > limits.ratioFromBytes && unpackedBytes > packedBytes * limits.ratio) {
    throw tooLarge(`a part of it unpacks to more than ${formatCount(limits.ratio)} times its size`)
  }
}

function unpack(entry: ZipEntry, view: DataView, bytes: Uint8Array): Uint8Array {
  const { headerOffset, packedBytes, unpackedBytes } = entry
  const isInside = headerOffset + 30 <= view.byteLength
  if (!isInside || view.getUint32(headerOffset, true) !== HEADER_SIGNATURE) throw brokenFile('a part of it is missing')
  const start = headerOffset + 30 + view.getUint16(headerOffset + 26, true) + view.getUint16(headerOffset + 28, true)
  if (start + packedBytes > view.byteLength) throw brokenFile('it was cut off')
  const packed = bytes.subarray(start, start + packedBytes)
  const content = entry.method === STORED ? packed : inflate(packed, unpackedBytes)
  if (content.length !== unpackedBytes || crc32(content) !== entry.checksum) throw brokenFile('a part of it is damaged')
  return content
}

function inflate(packed: Uint8Array, unpackedBytes: number): Uint8Array {
  try {
    // The size that the directory promised is all that the data may become.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpackedBytes) })
  } catch (error) {
    throw brokenFile('a part of it is damaged', error)
  }
}
