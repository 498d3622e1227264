import { ExtractionError } from '@trellis/spec'
import { openCompoundFile, readStream } from '../containers/compound-file.ts'
import { type DocumentDraft, wholeText } from '../document-reader.ts'
import { brokenFile, encryptedFile } from '../failures.ts'
import { layOutText } from './lay-out-text.ts'
import { readParagraphMarks } from './paragraph-marks.ts'
import { readPieces } from './pieces.ts'

const WORD_97 = 0xc1
const IS_ENCRYPTED = 0x0100
const USES_SECOND_TABLE = 0x0200

/** Paragraphs and tables of a binary Word document (97 to 2003), as `readDocx` makes them. Format: [MS-DOC]. */
export function readDoc(bytes: Uint8Array): DocumentDraft {
  const root = openCompoundFile(bytes)
  const main = readStream(root, 'WordDocument')
  const view = new DataView(main.buffer, main.byteOffset, main.byteLength)
  try {
    const flags = view.getUint16(0x0a, true)
    if (view.getUint16(0, true) !== 0xa5ec || view.getUint16(2, true) < WORD_97) throw tooOld()
    if ((flags & IS_ENCRYPTED) !== 0) throw encryptedFile()
    const tables = readStream(root, (flags & USES_SECOND_TABLE) === 0 ? '0Table' : '1Table')
    const part = (offset: number): DataView => viewPart(tables, view.getUint32(offset, true), view.getUint32(offset + 4, true))
    const pieces = readPieces(part(0x1a2), main, view.getUint32(0x4c, true))
    return wholeText(layOutText(pieces, readParagraphMarks(part(0x102), view)))
  } catch (error) {
    if (error instanceof RangeError) throw brokenFile('it was cut off', error)
    throw error
  }
}

const viewPart = (stream: Uint8Array, start: number, length: number): DataView =>
  new DataView(stream.buffer, stream.byteOffset + start, Math.min(length, Math.max(0, stream.byteLength - start)))

const tooOld = (): ExtractionError =>
  new ExtractionError('unsupported-type', 'The document was written by Word 95 or before. Save it as .docx and upload that.')
