import { type OpcPackage, openOpcPackage } from '../containers/opc-package.ts'
import { elementsOf, findAll, findAttribute, findChild, findPrefixed, type XmlElement } from '../containers/xml.ts'
import type { DocumentDraft, DraftPart } from '../document-reader.ts'
import { brokenFile, formatCount, tooLarge } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { toMarkdownTable } from '../text-forms/markdown-table.ts'

/** Placeholders that repeat what every slide shows, or show the slide itself. */
const FURNITURE = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg'])

/** Slides in the order in which they are shown, each with its tables, its diagrams' words and its speaker's notes. */
export function readPptx(bytes: Uint8Array, limits: ExtractionLimits): DocumentDraft {
  const file = openOpcPackage(bytes, limits)
  const list = findChild(file.readXml(file.mainPart), 'sldIdLst')
  const parts = new Map(file.relationsOf(file.mainPart).map(({ id, target }) => [id, target]))
  const slides = list ? elementsOf(list) : []
  if (slides.length > limits.pages) throw tooLarge(`it has more than ${formatCount(limits.pages)} slides`)
  return {
    parts: slides.map((slide): DraftPart => {
      const part = parts.get(findPrefixed(slide, 'id') ?? '')
      if (part === undefined) throw brokenFile('one of its slides is missing')
      return { kind: 'slide', text: readSlide(file, part) }
    }),
  }
}

function readSlide(file: OpcPackage, part: string): string {
  const lines = readShapes(file.readXml(part))
  for (const { type, target } of file.relationsOf(part)) {
    if (type === 'diagramData') lines.push(...findAll(file.readXml(target), 'p').map(readParagraph))
    if (type === 'notesSlide') lines.push(...readShapes(file.readXml(target)))
  }
  return lines.filter((line) => line.trim() !== '').join('\n')
}

function readShapes(parent: XmlElement): string[] {
  return elementsOf(parent).flatMap((element) => {
    if (element.name === 'Fallback' || (element.name === 'sp' && isFurniture(element))) return []
    if (element.name === 'p') return [readParagraph(element)]
    if (element.name === 'tbl') return [readTable(element)]
    return readShapes(element)
  })
}

const isFurniture = (shape: XmlElement): boolean =>
  elementsOf(shape)
    .filter(({ name }) => name === 'nvSpPr')
    .flatMap((properties) => findAll(properties, 'ph'))
    .some((placeholder) => FURNITURE.has(findAttribute(placeholder, 'type') ?? ''))

function readParagraph(paragraph: XmlElement): string {
  let text = ''
  for (const child of elementsOf(paragraph)) {
    if (child.name === 'br') text += '\n'
    else if (child.name === 't') text += child.children.filter((piece) => typeof piece === 'string').join('')
    else text += readParagraph(child)
  }
  return text
}

const readTable = (table: XmlElement): string =>
  toMarkdownTable(findAll(table, 'tr').map((row) => findAll(row, 'tc').map((cell) => findAll(cell, 'p').map(readParagraph).join(' '))))
