import Papa from 'papaparse'

/** What spreadsheets take for the beginning of a formula, full-width signs among it, also where more lines follow. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/u

/** Tells readers of the file its encoding; stands once, in front of everything. */
export const CSV_MARK = '\uFEFF'

export type CsvCell = string | number | null | undefined

/** Lines of a CSV file, each with its end. Texts that spreadsheets would run as formulas are made plain ones. */
export function writeCsvLines(lines: readonly (readonly CsvCell[])[]): string {
  if (lines.length === 0) return ''
  // Papa changes nothing of what it is given; its types do not say so.
  return `${Papa.unparse(lines as CsvCell[][], { escapeFormulae: FORMULA_START })}\r\n`
}
