import { ExtractionError } from '@trellis/spec'
import { type OpcPackage, openOpcPackage } from '../containers/opc-package.ts'
import { elementsOf, findAttribute, findChild, findPrefixed, walkXml, type XmlElement } from '../containers/xml.ts'
import type { DocumentDraft, DraftPart } from '../document-reader.ts'
import { brokenFile } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { isDateFormat } from '../spreadsheets/number-formats.ts'
import { CellBudget, SheetTable } from '../spreadsheets/sheet-table.ts'
import { CellReader } from './cell-reader.ts'

/** A table a sheet, in the order of the tabs; sheets without text are left out. */
export function readXlsx(bytes: Uint8Array, limits: ExtractionLimits): DocumentDraft {
  const file = openOpcPackage(bytes, limits)
  if (file.mainPart.endsWith('.bin')) throw binaryWorkbook()
  const workbook = file.readXml(file.mainPart)
  const sheets = findChild(workbook, 'sheets')
  if (!sheets) throw brokenFile('it is not a workbook')
  const relations = file.relationsOf(file.mainPart)
  const partOf = (type: string): string | undefined => relations.find((relation) => relation.type === type)?.target
  const targets = new Map(relations.filter(({ type }) => type === 'worksheet').map(({ id, target }) => [id, target]))
  const properties = findChild(workbook, 'workbookPr')
  const cells = new CellReader({
    sharedStrings: readSharedStrings(file, partOf('sharedStrings'), limits),
    isDateStyle: readDateStyles(file, partOf('styles')),
    is1904: /^(1|true)$/.test((properties && findAttribute(properties, 'date1904')) ?? ''),
  })
  const budget = new CellBudget(limits)
  const parts = elementsOf(sheets).flatMap((sheet): DraftPart[] => {
    const part = targets.get(findPrefixed(sheet, 'id') ?? '')
    const text = part === undefined ? '' : readSheet(file, part, { cells, budget, limits })
    return text === '' ? [] : [{ kind: 'sheet', title: findAttribute(sheet, 'name') ?? '', text }]
  })
  return { parts }
}

const binaryWorkbook = (): ExtractionError =>
  new ExtractionError('unsupported-type', 'The workbook is a binary one (.xlsb). Save it as .xlsx and upload that.')

interface SheetContext {
  readonly cells: CellReader
  readonly budget: CellBudget
  readonly limits: ExtractionLimits
}

function readSheet({ archive }: OpcPackage, part: string, { cells, budget, limits }: SheetContext): string {
  const content = archive.read(part)
  if (!content) throw brokenFile('one of its sheets is missing')
  const table = new SheetTable(budget)
  walkXml(content, cells.start(table), limits)
  return table.toMarkdown()
}

/** Runs of one string belong together; phonetic guides (`rPh`) are no part of it. */
function readSharedStrings({ archive }: OpcPackage, part: string | undefined, limits: ExtractionLimits): string[] {
  const content = part === undefined ? undefined : archive.read(part)
  if (!content) return []
  const strings: string[] = []
  let current = ''
  let isText = false
  let isGuide = false
  walkXml(
    content,
    {
      open(name) {
        if (name === 'si') current = ''
        if (name === 'rPh') isGuide = true
        isText = name === 't' && !isGuide
      },
      close(name) {
        if (name === 'si') strings.push(current)
        if (name === 'rPh') isGuide = false
        isText = false
      },
      text(text) {
        if (isText) current += text
      },
    },
    limits,
  )
  return strings
}

/** Which cell styles show numbers as dates. */
function readDateStyles(file: OpcPackage, part: string | undefined): (style: number) => boolean {
  if (part === undefined || !file.archive.has(part)) return () => false
  const root = file.readXml(part)
  const listOf = (name: string): XmlElement[] => elementsOf(findChild(root, name) ?? { name, attributes: {}, children: [] })
  const codes = new Map(listOf('numFmts').map((format) => [Number(format.attributes['numFmtId']), format.attributes['formatCode'] ?? '']))
  const styles = listOf('cellXfs').map(({ attributes }) => Number(attributes['numFmtId'] ?? 0))
  const isDate = styles.map((id) => isDateFormat(id, codes.get(id)))
  return (style) => isDate[style] ?? false
}
