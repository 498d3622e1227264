import { openOpcPackage } from '../containers/opc-package.ts'
import { elementsOf, findAll, findAttribute, findChild, type XmlElement } from '../containers/xml.ts'
import { type DocumentDraft, wholeText } from '../document-reader.ts'
import { brokenFile } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { toMarkdownTable } from '../text-forms/markdown-table.ts'

/** What was deleted under tracked changes, what fields compute from, and second copies for older programs. */
const NOT_SHOWN = new Set(['del', 'moveFrom', 'instrText', 'delText', 'Fallback', 'pPr', 'rPr', 'sectPr', 'tblPr', 'tblGrid'])

/** Paragraphs and tables of the body, in order, a line each. */
export function readDocx(bytes: Uint8Array, limits: ExtractionLimits): DocumentDraft {
  const { mainPart, readXml } = openOpcPackage(bytes, limits)
  const body = findChild(readXml(mainPart), 'body')
  if (!body) throw brokenFile('it is not a Word document')
  return wholeText(readBlocks(body).join('\n').trim())
}

/** Blocks may stand in any depth of controls and marks. */
function readBlocks(parent: XmlElement): string[] {
  return elementsOf(parent).flatMap((element) => {
    if (NOT_SHOWN.has(element.name)) return []
    if (element.name === 'p') return readParagraph(element)
    if (element.name === 'tbl') return [toMarkdownTable(findRows(element).map(readRow))]
    return readBlocks(element)
  })
}

/** The paragraph's own line, then those of the text boxes that are anchored in it. */
function readParagraph(paragraph: XmlElement): string[] {
  const boxes: string[] = []
  const text = readInline(paragraph, boxes)
  return boxes.length > 0 && text.trim() === '' ? boxes : [text.trimEnd(), ...boxes]
}

function readInline(parent: XmlElement, boxes: string[]): string {
  let text = ''
  for (const element of elementsOf(parent)) {
    if (NOT_SHOWN.has(element.name)) continue
    if (element.name === 't') text += element.children.filter((child) => typeof child === 'string').join('')
    else if (element.name === 'txbxContent') boxes.push(...readBlocks(element))
    else text += characters[element.name] ?? readInline(element, boxes)
  }
  return text
}

const characters: Readonly<Record<string, string>> = { tab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-', ptab: '\t' }

const findRows = (table: XmlElement): XmlElement[] => findAll(table, 'tr')

/** A cell over several columns is followed by empty ones, and one that goes on from the row above is empty. */
function readRow(row: XmlElement): string[] {
  return findAll(row, 'tc').flatMap((cell) => {
    const properties = findChild(cell, 'tcPr')
    const span = properties && findChild(properties, 'gridSpan')
    const width = Math.min(64, Math.max(1, Number(span ? findAttribute(span, 'val') : 1) || 1))
    return [readCell(cell), ...Array<string>(width - 1).fill('')]
  })
}

const readCell = (cell: XmlElement): string =>
  elementsOf(cell)
    .filter(({ name }) => name !== 'tcPr')
    .flatMap((block) => (block.name === 'p' ? readParagraph(block) : block.name === 'tbl' ? readNestedTable(block) : readBlocks(block)))
    .filter((line) => line.trim() !== '')
    .join(' ')

/** Markdown has no tables within cells; the inner one's cells follow each other. */
const readNestedTable = (table: XmlElement): string[] => findRows(table).flatMap(readRow)
