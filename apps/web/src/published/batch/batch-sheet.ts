import type { FormVariable } from '../../features/app/user-input-form.ts'
import { type BatchCell, type CellFault, readCell } from './batch-cell.ts'

/** More rows than this are refused: a browser tab is no place for more. */
export const MAX_ROWS = 1000

/** One row that can be run. */
export interface BatchRow {
  /** As spreadsheets count them: the header is 1. */
  readonly line: number
  /** What stood in it, by variable. */
  readonly cells: Readonly<Record<string, string>>
  readonly inputs: Readonly<Record<string, unknown>>
}

export type SheetFault =
  | { readonly reason: 'empty' | 'noRows' }
  | { readonly reason: 'tooManyRows'; readonly count: number }
  | { readonly reason: 'missingColumn' | 'doubleColumn'; readonly column: string }
  | { readonly reason: 'brokenQuote'; readonly line: number }
  | ({ readonly line: number; readonly column: string } & CellFault)

export interface BatchSheet {
  readonly rows: readonly BatchRow[]
  /** In the order of the file; where there is one, nothing is run. */
  readonly faults: readonly SheetFault[]
  /** Columns that no field is called. */
  readonly ignored: readonly string[]
}

/** What a template's first line says. */
export const headerOf = (variables: readonly FormVariable[]): string[] => variables.map((variable) => variable.label)

/** Reads lines of cells against a form. Columns are found by the label of a field or its name, in any order. */
export function readSheet(lines: readonly (readonly string[])[], variables: readonly FormVariable[]): BatchSheet {
  const header = lines[0]?.map((cell) => cell.trim()) ?? []
  if (header.every((cell) => cell === '')) return { rows: [], faults: [{ reason: 'empty' }], ignored: [] }
  const places = variables.map((variable) => ({ variable, columns: columnsOf(header, variable) }))
  const known = new Set(places.flatMap(({ columns }) => columns))
  const ignored = header.filter((cell, column) => cell !== '' && !known.has(column))
  const faults = [...places.flatMap(columnFault), ...countFault(lines)]
  if (faults.length > 0) return { rows: [], faults, ignored }
  return { ...readRows(lines, places), ignored }
}

interface Place {
  readonly variable: FormVariable
  readonly columns: readonly number[]
}

function columnsOf(header: readonly string[], { label, variable }: FormVariable): number[] {
  const isNamed = (name: string) => (cell: string) => cell.toLowerCase() === name.trim().toLowerCase()
  const byLabel = header.flatMap((cell, column) => (isNamed(label)(cell) ? [column] : []))
  return byLabel.length > 0 ? byLabel : header.flatMap((cell, column) => (isNamed(variable)(cell) ? [column] : []))
}

function columnFault({ variable, columns }: Place): SheetFault[] {
  if (columns.length > 1) return [{ reason: 'doubleColumn', column: variable.label }]
  return columns.length === 0 && readCell(variable, undefined).fault ? [{ reason: 'missingColumn', column: variable.label }] : []
}

const isBlank = (line: readonly string[]): boolean => line.every((cell) => cell.trim() === '')

function countFault(lines: readonly (readonly string[])[]): SheetFault[] {
  const count = lines.slice(1).filter((line) => !isBlank(line)).length
  if (count === 0) return [{ reason: 'noRows' }]
  return count > MAX_ROWS ? [{ reason: 'tooManyRows', count }] : []
}

function readRows(lines: readonly (readonly string[])[], places: readonly Place[]): Pick<BatchSheet, 'rows' | 'faults'> {
  const rows: BatchRow[] = []
  const faults: SheetFault[] = []
  for (const [index, line] of lines.entries()) {
    if (index === 0 || isBlank(line)) continue
    const read = places.map(({ variable, columns: [column] }): { variable: FormVariable; text: string; cell: BatchCell } => {
      const text = column === undefined ? undefined : line[column]
      return { variable, text: text ?? '', cell: readCell(variable, text) }
    })
    for (const { variable, cell } of read) {
      if (cell.fault) faults.push({ line: index + 1, column: variable.label, ...cell.fault })
    }
    rows.push({
      line: index + 1,
      cells: Object.fromEntries(read.map(({ variable, text }) => [variable.variable, text])),
      inputs: Object.fromEntries(read.flatMap(({ variable, cell }) => (cell.value === undefined ? [] : [[variable.variable, cell.value]]))),
    })
  }
  return { rows, faults }
}
