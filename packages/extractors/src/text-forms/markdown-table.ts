/** The first row is the header. Rows are brought to one width; a cell is one line, and a bar in it no border. */
export function toMarkdownTable(rows: readonly (readonly string[])[]): string {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  if (width === 0) return ''
  const [header = [], ...body] = rows
  return [toRow(header, width), `| ${Array(width).fill('---').join(' | ')} |`, ...body.map((row) => toRow(row, width))].join('\n')
}

const toRow = (cells: readonly string[], width: number): string =>
  `| ${Array.from({ length: width }, (_, index) => toCell(cells[index] ?? '')).join(' | ')} |`

/** Split, not replaced: a pattern with blanks on both sides takes the square of their number. */
const toCell = (text: string): string =>
  text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
    .replaceAll('|', '\\|')
