import { type DocumentDescription, ExtractionError } from '@trellis/spec'
import type { DocumentFormat } from './document-reader.ts'
import type { ExtractionLimits } from './limits.ts'
import { formats } from './registry.ts'
import { sniffFormat } from './sniff-format.ts'

/** Types that say so little that an extension says more. */
const VAGUE = new Set([
  '',
  'application/octet-stream',
  'binary/octet-stream',
  'application/zip',
  'application/x-zip-compressed',
  'text/plain',
])

const byMimeType = new Map(formats.flatMap((format) => format.mimeTypes.map((mimeType) => [mimeType, format])))
const byExtension = new Map(formats.flatMap((format) => format.extensions.map((extension) => [extension, format])))
const byId = new Map(formats.map((format) => [format.id, format]))

/** The formats that a file may be of by what it is called: by its MIME type, then by its extension. */
export function listCandidates(description: DocumentDescription): DocumentFormat[] {
  const mimeType = readMimeType(description)
  const named = findByMimeType(mimeType)
  const extended = byExtension.get(readExtension(description))
  const candidates = VAGUE.has(mimeType) ? [extended, named] : [named, extended]
  return [...new Set(candidates.filter((format) => format !== undefined))]
}

/** Whether nothing that tells the format is known, so that only the content can. */
export const isUndescribed = (description: DocumentDescription): boolean =>
  VAGUE.has(readMimeType(description)) && readExtension(description) === ''

/** The content decides only where it contradicts: a workbook called `.docx`, a page called `.xls`. @throws ExtractionError */
export function chooseFormat(description: DocumentDescription, bytes: Uint8Array, limits: ExtractionLimits): DocumentFormat {
  const candidates = listCandidates(description)
  const [first] = candidates
  if (!first && !isUndescribed(description)) throw unsupportedType(description)
  const sniffed = byId.get(sniffFormat(bytes, limits) ?? '')
  // Any text may look like markup; only what is in a container cannot be.
  if (sniffed?.container) return sniffed
  const textual = candidates.find(({ container }) => container === undefined)
  const chosen = textual ?? sniffed ?? first
  if (!chosen) throw unsupportedType(description)
  return chosen
}

export function unsupportedType(description: DocumentDescription): ExtractionError {
  const name = readExtension(description) || readMimeType(description)
  return new ExtractionError(
    'unsupported-type',
    `Files of ${name === '' ? 'an unknown type' : `the type "${name.slice(0, 100)}"`} cannot be read. ` +
      'Convert it to PDF, Word, Excel, PowerPoint, OpenDocument text, EPUB, mail, CSV, JSON, YAML, HTML, Markdown or plain text.',
  )
}

function findByMimeType(mimeType: string): DocumentFormat | undefined {
  return byMimeType.get(mimeType) ?? (mimeType.startsWith('text/') ? byId.get('text') : undefined)
}

const readMimeType = ({ mimeType = '' }: DocumentDescription): string => mimeType.replace(/;.*$/s, '').trim().toLowerCase()

function readExtension({ extension, filename = '' }: DocumentDescription): string {
  const found = extension || (/\.[^.\\/]*$/.exec(filename)?.[0] ?? '')
  return found.trim().replace(/^\./, '').toLowerCase()
}
