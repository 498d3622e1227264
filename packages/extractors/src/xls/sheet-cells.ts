import { formatNumber, formatSerialDate } from '../spreadsheets/number-formats.ts'
import type { SheetTable } from '../spreadsheets/sheet-table.ts'
import type { Workbook } from './workbook-globals.ts'
import { PieceReader, type WorkbookRecord } from './workbook-records.ts'

const BOF = 0x809
const END = 0x0a
const FORMULA = 0x06
const SHARED_LABEL = 0xfd
const LABEL = 0x204
const RICH_LABEL = 0xd6
const NUMBER = 0x203
const PACKED = 0x27e
const PACKED_ROW = 0xbd
const BOOLEAN_OR_ERROR = 0x205
const STRING = 0x207

const errors: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}

interface CellPlace {
  readonly row: number
  readonly column: number
}

/** Puts the cells of one sheet into the table; records of charts within it are passed over. */
export function readSheetCells(records: Iterable<WorkbookRecord>, workbook: Workbook, table: SheetTable): void {
  let depth = 0
  /** A formula whose result is text is followed by the text. */
  let awaited: CellPlace | undefined
  for (const { id, pieces } of records) {
    if (id === BOF) depth += 1
    if (id === END) depth -= 1
    if (depth <= 0) return
    if (depth > 1) continue
    const reader = new PieceReader(pieces)
    if (id === STRING && awaited) table.set(awaited.row, awaited.column, workbook.readString(reader))
    else if (id === PACKED_ROW) readPackedRow(reader, pieces, workbook, table)
    else if (cellRecords.has(id)) {
      const cell = readCell(id, reader, workbook)
      if (cell.text !== undefined) table.set(cell.row, cell.column, cell.text)
      if (id === FORMULA) awaited = cell.text === undefined ? cell : undefined
    }
  }
}

const cellRecords = new Set([FORMULA, SHARED_LABEL, LABEL, RICH_LABEL, NUMBER, PACKED, BOOLEAN_OR_ERROR])

/** `text` is undefined where it comes in the next record. */
function readCell(id: number, reader: PieceReader, workbook: Workbook): CellPlace & { text: string | undefined } {
  const row = reader.readUint16()
  const column = reader.readUint16()
  const style = reader.readUint16()
  const show = (value: number): string => showNumber(value, style, workbook)
  const read = (): string | undefined => {
    if (id === SHARED_LABEL) return workbook.sharedStrings[reader.readUint32()] ?? ''
    if (id === LABEL || id === RICH_LABEL) return workbook.readString(reader)
    if (id === NUMBER) return show(toDouble(reader.readBytes(8)))
    if (id === PACKED) return show(unpackNumber(reader.readUint32()))
    if (id === BOOLEAN_OR_ERROR) return showBooleanOrError(reader.readByte(), reader.readByte() === 1)
    return readFormulaResult(reader.readBytes(8), show)
  }
  return { row, column, text: read() }
}

function readFormulaResult(result: Uint8Array, show: (value: number) => string): string | undefined {
  const [type, , value = 0, , , , high, higher] = result
  if (high !== 0xff || higher !== 0xff) return show(toDouble(result))
  if (type === 0) return undefined
  return type === 1 || type === 2 ? showBooleanOrError(value, type === 2) : ''
}

function readPackedRow(reader: PieceReader, pieces: readonly DataView[], workbook: Workbook, table: SheetTable): void {
  const row = reader.readUint16()
  const first = reader.readUint16()
  const count = Math.floor(((pieces[0]?.byteLength ?? 0) - 6) / 6)
  for (let index = 0; index < count; index += 1) {
    const style = reader.readUint16()
    table.set(row, first + index, showNumber(unpackNumber(reader.readUint32()), style, workbook))
  }
}

const showNumber = (value: number, style: number, { isDateStyle, is1904 }: Workbook): string =>
  isDateStyle(style) ? formatSerialDate(value, is1904) : formatNumber(value)

const showBooleanOrError = (value: number, isError: boolean): string => {
  if (isError) return errors[value] ?? '#ERROR'
  return value === 1 ? 'TRUE' : 'FALSE'
}

const toDouble = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true)

/** Thirty bits: a whole number or the upper half of a double, either perhaps a hundredfold. */
function unpackNumber(packed: number): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setUint32(4, packed & 0xfffffffc, true)
  const value = (packed & 2) === 0 ? view.getFloat64(0, true) : packed >> 2
  return (packed & 1) === 0 ? value : value / 100
}
