import { brokenFile } from '../failures.ts'

/** One record of a workbook stream; what continues it is already with it, each piece apart. */
export interface WorkbookRecord {
  readonly id: number
  readonly pieces: readonly DataView[]
}

const CONTINUE = 0x3c

/** Format: [MS-XLS] 2.1.4. Yields records from an offset on; ends where the stream does. */
export function* readRecords(stream: Uint8Array, offset: number): Generator<WorkbookRecord> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  let at = offset
  let current: { id: number; pieces: DataView[] } | undefined
  while (at + 4 <= stream.length) {
    const id = view.getUint16(at, true)
    const length = view.getUint16(at + 2, true)
    if (at + 4 + length > stream.length) throw brokenFile('it was cut off')
    const piece = new DataView(stream.buffer, stream.byteOffset + at + 4, length)
    at += 4 + length
    if (id === CONTINUE) {
      current?.pieces.push(piece)
      continue
    }
    if (current) yield current
    current = { id, pieces: [piece] }
  }
  if (current) yield current
}

/** Reads values that may run on in the next piece. @throws ExtractionError past the last one */
export class PieceReader {
  private readonly pieces: readonly DataView[]
  private piece = 0
  private at: number

  constructor(pieces: readonly DataView[], at = 0) {
    this.pieces = pieces
    this.at = at
  }

  readByte(): number {
    for (;;) {
      const view = this.pieces[this.piece]
      if (!view) throw brokenFile('it was cut off')
      if (this.at < view.byteLength) {
        this.at += 1
        return view.getUint8(this.at - 1)
      }
      this.piece += 1
      this.at = 0
    }
  }

  readUint16(): number {
    return this.readByte() | (this.readByte() << 8)
  }

  readUint32(): number {
    return (this.readUint16() | (this.readUint16() << 16)) >>> 0
  }

  skip(bytes: number): void {
    for (let left = bytes; left > 0; left -= 1) this.readByte()
  }

  /** A string with its flags, its formatting runs and phonetic guides passed over. */
  readUnicodeString(length: number): string {
    const flags = this.readByte()
    const runs = (flags & 0x08) === 0 ? 0 : this.readUint16()
    const extraBytes = (flags & 0x04) === 0 ? 0 : this.readUint32()
    const text = this.readCharacters(length, (flags & 1) === 1)
    this.skip(runs * 4 + extraBytes)
    return text
  }

  /** Where characters run on in the next piece, that begins with flags of its own. */
  private readCharacters(length: number, startsWide: boolean): string {
    let isWide = startsWide
    let text = ''
    for (let left = length; left > 0; left -= 1) {
      if (this.at >= (this.pieces[this.piece]?.byteLength ?? 0)) isWide = (this.readByte() & 1) === 1
      text += String.fromCharCode(isWide ? this.readUint16() : this.readByte())
    }
    return text
  }

  readBytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.readByte())
  }
}
