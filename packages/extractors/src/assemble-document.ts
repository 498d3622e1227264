import type { ExtractedDocument, ExtractedPart } from '@trellis/spec'
import type { DocumentDraft } from './document-reader.ts'
import { formatCount, tooLarge } from './failures.ts'
import type { ExtractionLimits } from './limits.ts'

/** One text out of the parts, and where each of them lies in it. */
export function assembleDocument(format: string, draft: DocumentDraft, { textLength }: ExtractionLimits): ExtractedDocument {
  const separator = draft.separator ?? '\n\n'
  const pieces: string[] = []
  const parts: ExtractedPart[] = []
  let end = 0
  for (const [index, { kind, title, text: raw }] of draft.parts.entries()) {
    const text = toCleanText(raw)
    const start = index === 0 ? 0 : end + separator.length
    end = start + text.length
    if (end > textLength) throw tooLarge(`its text is longer than ${formatCount(textLength)} characters`)
    pieces.push(text)
    if (kind) parts.push({ kind, ...(title === undefined ? {} : { title }), start, end })
  }
  return { format, text: pieces.join(separator), parts }
}

/** NUL is refused by PostgreSQL and half a surrogate pair by every encoder; neither is text. */
const toCleanText = (text: string): string => text.replace(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed()
