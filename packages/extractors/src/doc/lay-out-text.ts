import { toMarkdownTable } from '../text-forms/markdown-table.ts'
import type { ParagraphMarks } from './paragraph-marks.ts'
import type { TextPiece } from './pieces.ts'

const PARAGRAPH = '\r'
const CELL = '\x07'
const PAGE = '\x0c'
const FIELD_START = '\x13'
const FIELD_RESULT = '\x14'
const FIELD_END = '\x15'

const replacements: Readonly<Record<string, string>> = { '\t': '\t', '\x0b': '\n', '\x1e': '-', '\xa0': ' ' }

/** Lines and tables out of text with marks in it. Fields show their results, not what they are computed from. */
export function layOutText(pieces: readonly TextPiece[], marks: ParagraphMarks): string {
  const writer = new DocumentWriter()
  for (const { text, offset, bytesPerCharacter } of pieces) {
    for (let index = 0; index < text.length; index += 1) {
      const character = text[index] ?? ''
      const isMark = character === PARAGRAPH || character === CELL || character === PAGE
      if (isMark) writer.endParagraph(character, marks.find(offset + index * bytesPerCharacter))
      else writer.add(character)
    }
  }
  return writer.finish()
}

class DocumentWriter {
  private readonly lines: string[] = []
  private rows: string[][] = []
  private row: string[] = []
  private cell: string[] = []
  private text = ''
  /** One entry a field that is open: whether its result has begun. */
  private readonly fields: boolean[] = []

  add(character: string): void {
    if (character === FIELD_START) this.fields.push(false)
    else if (character === FIELD_RESULT) this.fields[Math.max(0, this.fields.length - 1)] = true
    else if (character === FIELD_END) this.fields.pop()
    else if (!this.fields.includes(false))
      this.text += character >= ' ' && character !== '\xa0' ? character : (replacements[character] ?? '')
  }

  endParagraph(character: string, mark: ReturnType<ParagraphMarks['find']>): void {
    const text = this.text.trimEnd()
    this.text = ''
    if (mark === 'row-end') {
      this.rows.push(this.row)
      this.row = []
      this.cell = []
    } else if (mark === 'in-table' || character === CELL) {
      if (text !== '') this.cell.push(text)
      if (character !== CELL) return
      this.row.push(this.cell.join(' '))
      this.cell = []
    } else {
      this.endTable()
      this.lines.push(text)
    }
  }

  finish(): string {
    if (this.text !== '') this.endParagraph(PARAGRAPH, 'text')
    this.endTable()
    return this.lines.join('\n').trim()
  }

  private endTable(): void {
    if (this.row.length > 0) this.rows.push(this.row)
    if (this.rows.length > 0) this.lines.push(toMarkdownTable(this.rows))
    if (this.cell.length > 0) this.lines.push(...this.cell)
    this.rows = []
    this.row = []
    this.cell = []
  }
}
