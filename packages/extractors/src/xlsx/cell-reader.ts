import type { XmlHandler } from '../containers/xml.ts'
import { formatNumber, formatSerialDate } from '../spreadsheets/number-formats.ts'
import type { SheetTable } from '../spreadsheets/sheet-table.ts'

export interface WorkbookFacts {
  readonly sharedStrings: readonly string[]
  readonly isDateStyle: (style: number) => boolean
  readonly is1904: boolean
}

/** Reads the cells of one sheet after another, without keeping its XML. */
export class CellReader {
  private readonly facts: WorkbookFacts

  constructor(facts: WorkbookFacts) {
    this.facts = facts
  }

  start(table: SheetTable): XmlHandler {
    let row = -1
    let column = -1
    let type = ''
    let style = 0
    let value = ''
    let isValue = false
    let isGuide = false
    return {
      open: (name, attributes) => {
        if (name === 'row') {
          row = attributes['r'] === undefined ? row + 1 : Number(attributes['r']) - 1
          column = -1
        } else if (name === 'c') {
          column = attributes['r'] === undefined ? column + 1 : readColumn(attributes['r'])
          type = attributes['t'] ?? 'n'
          style = Number(attributes['s'] ?? 0)
          value = ''
        } else if (name === 'rPh') isGuide = true
        isValue = name === 'v' || (name === 't' && !isGuide)
      },
      close: (name) => {
        if (name === 'c') table.set(row, column, this.toText(type, style, value))
        if (name === 'rPh') isGuide = false
        isValue = false
      },
      text: (text) => {
        if (isValue) value += text
      },
    }
  }

  private toText(type: string, style: number, value: string): string {
    if (type === 's') return this.facts.sharedStrings[Number(value)] ?? ''
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
    if (type !== 'n' || value === '') return value
    const number = Number(value)
    if (!Number.isFinite(number)) return value
    return this.facts.isDateStyle(style) ? formatSerialDate(number, this.facts.is1904) : formatNumber(number)
  }
}

/** `AB12` is column 27. */
function readColumn(reference: string): number {
  let column = 0
  for (const letter of reference.toUpperCase()) {
    if (letter < 'A' || letter > 'Z') break
    column = column * 26 + letter.charCodeAt(0) - 64
  }
  return column - 1
}
