import { findEntry, openCompoundFile } from '../containers/compound-file.ts'
import type { DocumentDraft, DraftPart } from '../document-reader.ts'
import { brokenFile } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { CellBudget, SheetTable } from '../spreadsheets/sheet-table.ts'
import { readSheetCells } from './sheet-cells.ts'
import { readWorkbook } from './workbook-globals.ts'
import { readRecords } from './workbook-records.ts'

/** A table a sheet of a binary workbook (Excel 95 to 2003), as `readXlsx` makes them. */
export function readXls(bytes: Uint8Array, limits: ExtractionLimits): DocumentDraft {
  const root = openCompoundFile(bytes)
  const stream = (findEntry(root, 'Workbook') ?? findEntry(root, 'Book'))?.read()
  if (!stream) throw brokenFile('it is not a workbook')
  const workbook = readWorkbook(readRecords(stream, 0))
  const budget = new CellBudget(limits)
  const parts = workbook.sheets.flatMap(({ name, offset }): DraftPart[] => {
    const table = new SheetTable(budget)
    readSheetCells(readRecords(stream, offset), workbook, table)
    const text = table.toMarkdown()
    return text === '' ? [] : [{ kind: 'sheet', title: name, text }]
  })
  return { parts }
}
