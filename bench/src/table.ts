type Lines = readonly (readonly string[])[]

/** The first two columns are words, the others figures. */
const isWords = (column: number): boolean => column < 2

/** A table in columns, for a terminal; its first line is the header. */
export function renderColumns(lines: Lines): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const pad = (cell: string, column: number): string =>
    isWords(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return lines.map((line) => line.map(pad).join('  ')).join('\n')
}

/** The same as lines of Markdown. */
export function renderRows([header = [], ...lines]: Lines): string[] {
  const line = (values: readonly string[]): string => `| ${values.join(' | ')} |`
  return [line(header), line(header.map((_, column) => (isWords(column) ? '---' : '---:'))), ...lines.map(line)]
}
