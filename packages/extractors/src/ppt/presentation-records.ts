import { brokenFile } from '../failures.ts'

/** A record of a binary presentation: a container of others, or an atom with data. */
export interface PresentationRecord {
  readonly type: number
  readonly instance: number
  readonly data: DataView
  readonly isContainer: boolean
}

const HEADER_BYTES = 8
const MAX_DEPTH = 32

/** Format: [MS-PPT] 2.3.1. */
export function readRecord(stream: DataView, offset: number): PresentationRecord {
  if (offset + HEADER_BYTES > stream.byteLength) throw brokenFile('it was cut off')
  const head = stream.getUint16(offset, true)
  const length = stream.getUint32(offset + 4, true)
  if (offset + HEADER_BYTES + length > stream.byteLength) throw brokenFile('it was cut off')
  return {
    type: stream.getUint16(offset + 2, true),
    instance: head >> 4,
    isContainer: (head & 0xf) === 0xf,
    data: new DataView(stream.buffer, stream.byteOffset + offset + HEADER_BYTES, length),
  }
}

export function readChildren({ data, isContainer }: PresentationRecord): PresentationRecord[] {
  const children: PresentationRecord[] = []
  for (let offset = 0; isContainer && offset + HEADER_BYTES <= data.byteLength; ) {
    const child = readRecord(data, offset)
    children.push(child)
    offset += HEADER_BYTES + child.data.byteLength
  }
  return children
}

/** Records of one of the types, in order, at any depth; not those within one that was found. */
export function findRecords(record: PresentationRecord, types: ReadonlySet<number>, depth = 0): PresentationRecord[] {
  if (depth > MAX_DEPTH) throw brokenFile('its records are nested too deep')
  return readChildren(record).flatMap((child) => (types.has(child.type) ? [child] : findRecords(child, types, depth + 1)))
}
