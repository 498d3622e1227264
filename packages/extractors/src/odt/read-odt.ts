import { elementsOf, findAttribute, findChild, parseXml, type XmlElement } from '../containers/xml.ts'
import { openZip } from '../containers/zip.ts'
import { type DocumentDraft, wholeText } from '../document-reader.ts'
import { brokenFile, encryptedFile, formatCount, tooLarge } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { toMarkdownTable } from '../text-forms/markdown-table.ts'

const NOT_SHOWN = new Set(['tracked-changes', 'annotation', 'annotation-end', 'note', 'sequence-decls', 'forms', 'index-title-template'])
/** Repetitions are how office programs fill the rest of a row. */
const MAX_REPEATS = 64

/** Paragraphs, headings and tables of an OpenDocument text, in order, a line each. */
export function readOdt(bytes: Uint8Array, limits: ExtractionLimits): DocumentDraft {
  const archive = openZip(bytes, limits)
  const manifest = archive.read('META-INF/manifest.xml')
  if (manifest && new TextDecoder().decode(manifest).includes('encryption-data')) throw encryptedFile()
  const content = archive.read('content.xml')
  if (!content) throw brokenFile('its content is missing')
  const body = findChild(parseXml(content, limits), 'body')
  const text = body && findChild(body, 'text')
  if (!text) throw brokenFile('it is not an OpenDocument text')
  const blocks = new BlockReader(limits.cells)
  return wholeText(blocks.read(text).join('\n').trim())
}

class BlockReader {
  private readonly maxCells: number
  private cells = 0

  constructor(maxCells: number) {
    this.maxCells = maxCells
  }

  read(parent: XmlElement): string[] {
    return elementsOf(parent).flatMap((element) => {
      if (NOT_SHOWN.has(element.name)) return []
      if (element.name === 'p' || element.name === 'h') return this.readParagraph(element)
      if (element.name === 'table') return [toMarkdownTable(this.readRows(element))]
      return this.read(element)
    })
  }

  private readParagraph(paragraph: XmlElement): string[] {
    const boxes: string[] = []
    const text = this.readInline(paragraph, boxes)
    return [text.trim(), ...boxes]
  }

  private readInline(parent: XmlElement, boxes: string[]): string {
    let text = ''
    for (const child of parent.children) {
      if (typeof child === 'string') text += child.replace(/[ \t\r\n]+/g, ' ')
      else if (child.name === 's') text += ' '.repeat(readRepeats(child, 'c'))
      else if (child.name === 'tab') text += '\t'
      else if (child.name === 'line-break') text += '\n'
      else if (child.name === 'text-box') boxes.push(...this.read(child))
      else if (!NOT_SHOWN.has(child.name)) text += this.readInline(child, boxes)
    }
    return text
  }

  private readRows(table: XmlElement): string[][] {
    return elementsOf(table).flatMap((element) => {
      if (element.name !== 'table-row') return /rows|row-group/.test(element.name) ? this.readRows(element) : []
      const row = elementsOf(element).flatMap((cell) => this.readCell(cell))
      return row.some((cell) => cell !== '') ? [row] : []
    })
  }

  private readCell(cell: XmlElement): string[] {
    if (cell.name !== 'table-cell' && cell.name !== 'covered-table-cell') return []
    const text = this.read(cell)
      .filter((line) => line !== '')
      .join(' ')
    const repeats = text === '' ? 1 : readRepeats(cell, 'number-columns-repeated')
    this.cells += repeats
    if (this.cells > this.maxCells) throw tooLarge(`it has more than ${formatCount(this.maxCells)} cells`)
    return Array<string>(repeats).fill(text)
  }
}

const readRepeats = (element: XmlElement, name: string): number =>
  Math.min(MAX_REPEATS, Math.max(1, Number(findAttribute(element, name) ?? 1) || 1))
