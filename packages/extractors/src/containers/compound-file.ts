import { brokenFile } from '../failures.ts'

/** A storage (with children) or a stream in a compound file: what Office wrote before 2007, and what it still wraps encrypted files in. */
export interface CompoundEntry {
  readonly name: string
  readonly children: readonly CompoundEntry[]
  /** Content of a stream; empty for a storage. */
  read(): Uint8Array
}

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const LAST_SECTOR = 0xfffffffa
const NO_ENTRY = 0xffffffff
const DIFAT_IN_HEADER = 109
const ENTRY_BYTES = 128
const STORAGE = 1
const STREAM = 2
const ROOT = 5
const MAX_DEPTH = 32

export const isCompoundFile = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, index) => bytes[index] === byte)

/** Format: [MS-CFB]. Chains are bounded by the file's own size, so a loop in them ends. */
export function openCompoundFile(bytes: Uint8Array): CompoundEntry {
  if (!isCompoundFile(bytes) || bytes.length < 512) throw brokenFile('it is not in the format that its name says')
  try {
    return readRoot(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes)
  } catch (error) {
    if (error instanceof RangeError) throw brokenFile('it was cut off', error)
    throw error
  }
}

export const findEntry = ({ children }: CompoundEntry, name: string): CompoundEntry | undefined =>
  children.find((child) => child.name.toLowerCase() === name.toLowerCase())

/** @throws ExtractionError where there is no such stream */
export function readStream(storage: CompoundEntry, name: string): Uint8Array {
  const stream = findEntry(storage, name)
  if (!stream) throw brokenFile('a part of it is missing')
  return stream.read()
}

interface Sectors {
  readonly table: Uint32Array
  readonly size: number
  /** The sector's bytes; short where the file ends in it. */
  at(index: number): Uint8Array
}

function readRoot(view: DataView, bytes: Uint8Array): CompoundEntry {
  const shift = view.getUint16(0x1e, true)
  if (shift !== 9 && shift !== 12) throw brokenFile('its header is damaged')
  const size = 1 << shift
  const at = (index: number): Uint8Array => {
    const start = (index + 1) * size
    if (start >= bytes.length) throw brokenFile('it was cut off')
    return bytes.subarray(start, start + size)
  }
  const sectors: Sectors = { size, at, table: readSectorTable(view, bytes.length, size, at) }
  const directory = readChain(sectors, view.getUint32(0x30, true))
  const mini = openMiniSectors(view, sectors, directory)
  return readEntries(directory, (start, length) => {
    const content = length < view.getUint32(0x38, true) ? readChain(mini, start, length) : readChain(sectors, start, length)
    if (content.length < length) throw brokenFile('it was cut off')
    return content.subarray(0, length)
  })
}

function readSectorTable(view: DataView, fileBytes: number, size: number, at: Sectors['at']): Uint32Array {
  const perSector = size / 4
  const limit = Math.ceil(fileBytes / size)
  const places: number[] = []
  for (let index = 0; index < DIFAT_IN_HEADER; index += 1) places.push(view.getUint32(0x4c + index * 4, true))
  let next = view.getUint32(0x44, true)
  for (let count = 0; next < LAST_SECTOR && count < limit; count += 1) {
    const words = toWords(at(next))
    places.push(...words.subarray(0, perSector - 1))
    next = words[perSector - 1] ?? LAST_SECTOR
  }
  const used = places.filter((place) => place < LAST_SECTOR).slice(0, limit)
  const table = new Uint32Array(used.length * perSector).fill(NO_ENTRY)
  for (const [index, place] of used.entries()) table.set(toWords(at(place)), index * perSector)
  return table
}

function toWords(sector: Uint8Array): Uint32Array {
  const view = new DataView(sector.buffer, sector.byteOffset, sector.byteLength)
  return Uint32Array.from({ length: Math.floor(sector.length / 4) }, (_, index) => view.getUint32(index * 4, true))
}

/** @param length where absent, the whole chain */
function readChain(sectors: Sectors, start: number, length = Number.POSITIVE_INFINITY): Uint8Array {
  const pieces: Uint8Array[] = []
  let total = 0
  let sector = start
  while (sector < LAST_SECTOR && total < length) {
    if (pieces.length > sectors.table.length) throw brokenFile('its table of sectors runs in a circle')
    const piece = sectors.at(sector)
    pieces.push(piece)
    total += piece.length
    sector = sectors.table[sector] ?? NO_ENTRY
  }
  return Buffer.concat(pieces)
}

/** Small streams share one large stream, that of the root, in sectors of 64 bytes. */
function openMiniSectors(view: DataView, sectors: Sectors, directory: Uint8Array): Sectors {
  const size = 1 << view.getUint16(0x20, true)
  const rootStart = new DataView(directory.buffer, directory.byteOffset, directory.byteLength).getUint32(0x74, true)
  const content = readChain(sectors, rootStart)
  const at = (index: number): Uint8Array => {
    if (index * size >= content.length) throw brokenFile('it was cut off')
    return content.subarray(index * size, (index + 1) * size)
  }
  return { size, at, table: toWords(readChain(sectors, view.getUint32(0x3c, true))) }
}

function readEntries(directory: Uint8Array, readContent: (start: number, length: number) => Uint8Array): CompoundEntry {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength)
  const seen = new Set<number>()
  const readEntry = (index: number, depth: number): CompoundEntry => {
    const offset = index * ENTRY_BYTES
    const type = view.getUint8(offset + 66)
    const children: CompoundEntry[] = []
    if (type !== STREAM) addSiblings(view.getUint32(offset + 76, true), children, depth + 1)
    const start = view.getUint32(offset + 116, true)
    const length = view.getUint32(offset + 120, true)
    return { name: readName(view, offset), children, read: () => (type === STREAM ? readContent(start, length) : new Uint8Array()) }
  }
  /** Children of a storage are a tree of siblings; walked with a stack, because a file may make it a list. */
  const addSiblings = (first: number, into: CompoundEntry[], depth: number): void => {
    if (depth > MAX_DEPTH) throw brokenFile('its folders are nested too deep')
    const waiting = [first]
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      if (index === NO_ENTRY || seen.has(index) || (index + 1) * ENTRY_BYTES > directory.length) continue
      seen.add(index)
      const type = view.getUint8(index * ENTRY_BYTES + 66)
      if (type === STORAGE || type === STREAM) into.push(readEntry(index, depth))
      waiting.push(view.getUint32(index * ENTRY_BYTES + 68, true), view.getUint32(index * ENTRY_BYTES + 72, true))
    }
  }
  if (view.getUint8(66) !== ROOT) throw brokenFile('its list of contents is damaged')
  return readEntry(0, 0)
}

function readName(view: DataView, offset: number): string {
  const bytes = Math.min(64, view.getUint16(offset + 64, true))
  let name = ''
  for (let at = 0; at + 2 < bytes; at += 2) name += String.fromCharCode(view.getUint16(offset + at, true))
  return name
}
