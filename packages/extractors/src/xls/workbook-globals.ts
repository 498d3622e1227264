import { brokenFile, encryptedFile } from '../failures.ts'
import { isDateFormat } from '../spreadsheets/number-formats.ts'
import { codePageName } from '../text-forms/code-pages.ts'
import { decodeNamed } from '../text-forms/decode-text.ts'
import { PieceReader, type WorkbookRecord } from './workbook-records.ts'

export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly offset: number }[]
  readonly sharedStrings: readonly string[]
  readonly is1904: boolean
  isDateStyle(style: number): boolean
  /** A string with a 16-bit length, as cells have it. */
  readString(reader: PieceReader): string
}

const BOF = 0x809
const END = 0x0a
const FILEPASS = 0x2f
const CODEPAGE = 0x42
const DATEMODE = 0x22
const FORMAT = 0x41e
const STYLE = 0xe0
const SHEET = 0x85
const SHARED_STRINGS = 0xfc
const VERSION_8 = 0x600
const VERSION_5 = 0x500

/** What stands before the first sheet. */
export function readWorkbook(records: Iterable<WorkbookRecord>): Workbook {
  const builder = new WorkbookBuilder()
  for (const record of records) {
    if (record.id === END) break
    builder.add(record)
  }
  return builder.finish()
}

class WorkbookBuilder {
  private version = 0
  private encoding = 'windows-1252'
  private is1904 = false
  private sharedStrings: string[] = []
  private readonly sheets: { name: string; offset: number }[] = []
  private readonly formats = new Map<number, string>()
  private readonly styles: number[] = []

  add({ id, pieces }: WorkbookRecord): void {
    const reader = new PieceReader(pieces)
    if (this.version === 0 && id !== BOF) throw brokenFile('it is not a workbook')
    if (id === BOF) this.version = readVersion(reader)
    else if (id === FILEPASS) throw encryptedFile()
    else if (id === CODEPAGE) this.encoding = codePageName(reader.readUint16())
    else if (id === DATEMODE) this.is1904 = reader.readUint16() === 1
    else if (id === FORMAT) this.addFormat(reader)
    else if (id === STYLE) this.styles.push(readStyleFormat(reader))
    else if (id === SHEET) this.addSheet(reader)
    else if (id === SHARED_STRINGS) this.sharedStrings = readSharedStrings(reader)
  }

  finish(): Workbook {
    const isDate = this.styles.map((id) => isDateFormat(id, this.formats.get(id)))
    return {
      sheets: this.sheets,
      sharedStrings: this.sharedStrings,
      is1904: this.is1904,
      isDateStyle: (style) => isDate[style] ?? false,
      readString: (reader) => this.readString(reader, reader.readUint16()),
    }
  }

  private readString(reader: PieceReader, length: number): string {
    return this.version === VERSION_8 ? reader.readUnicodeString(length) : decodeNamed(reader.readBytes(length), this.encoding)
  }

  private addFormat(reader: PieceReader): void {
    const id = reader.readUint16()
    this.formats.set(id, this.readString(reader, this.version === VERSION_8 ? reader.readUint16() : reader.readByte()))
  }

  private addSheet(reader: PieceReader): void {
    const offset = reader.readUint32()
    reader.skip(1)
    const isWorksheet = reader.readByte() === 0
    const name = this.readString(reader, reader.readByte())
    if (isWorksheet) this.sheets.push({ name, offset })
  }
}

function readVersion(reader: PieceReader): number {
  const version = reader.readUint16()
  if (version !== VERSION_8 && version !== VERSION_5) throw brokenFile('it was written by a version of Excel that is too old')
  return version
}

function readStyleFormat(reader: PieceReader): number {
  reader.skip(2)
  return reader.readUint16()
}

function readSharedStrings(reader: PieceReader): string[] {
  reader.skip(4)
  const count = reader.readUint32()
  const strings: string[] = []
  // The count is the file's own word; the data ends the loop where it lies.
  for (let index = 0; index < count; index += 1) strings.push(reader.readUnicodeString(reader.readUint16()))
  return strings
}
