import { ApiError } from '../../api/api-error.ts'

/** A row that the server did not take, by its line in a spreadsheet. */
export interface RowFault {
  readonly row: number
  readonly code: string
  readonly message: string
}

/** The rows that a refused import names; none where something else was wrong. */
export function faultyRowsOf(error: unknown): readonly RowFault[] {
  const rows = error instanceof ApiError ? error.details['rows'] : undefined
  if (!Array.isArray(rows)) return []
  return rows.flatMap((row: unknown) => (isRowFault(row) ? [row] : []))
}

const isRowFault = (value: unknown): value is RowFault =>
  typeof value === 'object' && value !== null && 'row' in value && 'code' in value && 'message' in value && typeof value.row === 'number'

/** Lines of texts as CSV, marked as UTF-8 for spreadsheets. */
export function writeTemplate(rows: readonly (readonly string[])[]): Blob {
  const lines = rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
  return new Blob([`\uFEFF${lines.join('\r\n')}\r\n`], { type: 'text/csv' })
}
