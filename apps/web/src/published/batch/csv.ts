import Papa from 'papaparse'

export interface CsvLines {
  readonly lines: readonly (readonly string[])[]
  /** The line, from 1, of a quotation mark that nothing closes. */
  readonly brokenQuoteAt: number | undefined
}

/** Reads comma-, semicolon- or tab-separated lines; blank ones keep their place. */
export function parseCsv(text: string): CsvLines {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/u, ''), { delimitersToGuess: [',', ';', '\t'] })
  const fault = errors.find((error) => error.type === 'Quotes')
  return { lines: data, brokenQuoteAt: fault === undefined ? undefined : (fault.row ?? 0) + 1 }
}

/** The text of a file. One that is no UTF-8 was saved by an older spreadsheet, in the encoding of the reader's country. */
export async function readCsvText(file: Blob, language: string): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder(language.startsWith('zh') ? 'gb18030' : 'windows-1252').decode(bytes)
  }
}

/** What spreadsheets take for the beginning of a formula, full-width signs among it, also where more lines follow. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/u

/** Cells that spreadsheets would take for formulas are made plain text; the mark in front tells them the encoding. */
export function writeCsv(lines: readonly (readonly unknown[])[]): string {
  const cells = lines.map((line) => line.map(toCell))
  return `\uFEFF${Papa.unparse(cells, { escapeFormulae: FORMULA_START })}\r\n`
}

function toCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
