import { brokenFile } from '../failures.ts'

/** A stretch of text and where its bytes lie in the file. */
export interface TextPiece {
  readonly text: string
  readonly offset: number
  readonly bytesPerCharacter: 1 | 2
}

const PIECE_TABLE = 2
const IS_ONE_BYTE = 0x40000000

/** The stretches of the document's own text, in order; notes, headers and the like come after it and are left out. */
export function readPieces(view: DataView, main: Uint8Array, length: number): TextPiece[] {
  const start = findPieceTable(view)
  const count = Math.floor((view.getUint32(start - 4, true) - 4) / 12)
  const pieces: TextPiece[] = []
  for (let index = 0; index < count; index += 1) {
    const first = view.getUint32(start + index * 4, true)
    const last = Math.min(length, view.getUint32(start + index * 4 + 4, true))
    if (last <= first) continue
    const place = view.getUint32(start + (count + 1) * 4 + index * 8 + 2, true)
    const isOneByte = (place & IS_ONE_BYTE) !== 0
    const bytesPerCharacter = isOneByte ? 1 : 2
    const offset = isOneByte ? (place & ~IS_ONE_BYTE) / 2 : place
    const end = offset + (last - first) * bytesPerCharacter
    if (end > main.length) throw brokenFile('it was cut off')
    const text = new TextDecoder(isOneByte ? 'windows-1252' : 'utf-16le', { ignoreBOM: true }).decode(main.subarray(offset, end))
    pieces.push({ text, offset, bytesPerCharacter })
  }
  return pieces
}

/** Formatting may stand before the table of pieces. Returns where its first position is. */
function findPieceTable(view: DataView): number {
  let at = 0
  while (at + 5 <= view.byteLength) {
    if (view.getUint8(at) === PIECE_TABLE) return at + 5
    at += 3 + view.getUint16(at + 1, true)
  }
  throw brokenFile('its table of contents is damaged')
}
