import papaparse from 'papaparse'
import { type DocumentDraft, wholeText } from '../document-reader.ts'
import { brokenFile, formatCount, tooLarge } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { decodeText } from '../text-forms/decode-text.ts'
import { toMarkdownTable } from '../text-forms/markdown-table.ts'

/** A table; comma, tab, semicolon or bar is found out from the first lines. */
export function readCsv(bytes: Uint8Array, limits: ExtractionLimits): DocumentDraft {
  const { data, errors } = papaparse.parse<string[]>(decodeText(bytes), { skipEmptyLines: 'greedy' })
  // Stray marks within a field are common and harmless.
  const quotes = errors.find(({ code }) => code === 'MissingQuotes')
  if (quotes) throw brokenFile(`it is not CSV: a quotation mark in row ${(quotes.row ?? 0) + 1} is never closed`)
  const width = data.reduce((widest, row) => Math.max(widest, row.length), 0)
  if (width * data.length > limits.cells) throw tooLarge(`it has more than ${formatCount(limits.cells)} cells`)
  return wholeText(toMarkdownTable(data))
}
