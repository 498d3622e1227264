import { ExtractionError } from '@trellis/spec'
import { findEntry, isCompoundFile, openCompoundFile } from './containers/compound-file.ts'
import { openZip } from './containers/zip.ts'
import { encryptedFile } from './failures.ts'
import type { ExtractionLimits } from './limits.ts'

const PDF_HEADER_WITHIN_BYTES = 1024

/** The id of the format that the content is surely of; undefined where it might be several or none. @throws ExtractionError */
export function sniffFormat(bytes: Uint8Array, limits: ExtractionLimits): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PDF_HEADER_WITHIN_BYTES)).toString('latin1')
  if (head.startsWith('PK\x03\x04')) return sniffZip(bytes, limits)
  if (isCompoundFile(bytes)) return sniffCompoundFile(bytes)
  if (/^\s*%PDF-/.test(head)) return 'pdf'
  if (head.startsWith('{\\rtf')) throw richText()
  return /^(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|table|\?xml|meta)\b/i.test(head) ? 'markup' : undefined
}

function sniffZip(bytes: Uint8Array, limits: ExtractionLimits): string | undefined {
  const archive = openZip(bytes, limits)
  const has = (prefix: string): boolean => archive.names.some((name) => name.toLowerCase().startsWith(prefix))
  if (archive.has('[Content_Types].xml')) {
    if (has('word/')) return 'docx'
    if (has('xl/')) return 'xlsx'
    if (has('ppt/')) return 'pptx'
  }
  if (archive.has('META-INF/container.xml')) return 'epub'
  const mimeType = archive.has('mimetype') ? new TextDecoder().decode(archive.read('mimetype')).trim() : ''
  return /^application\/vnd\.oasis\.opendocument\.text(-template)?$/.test(mimeType) ? 'odt' : undefined
}

function sniffCompoundFile(bytes: Uint8Array): string | undefined {
  const root = openCompoundFile(bytes)
  const has = (name: string): boolean => findEntry(root, name) !== undefined
  if (has('EncryptedPackage')) throw encryptedFile()
  if (has('WordDocument')) return 'doc'
  if (has('Workbook') || has('Book')) return 'xls'
  if (has('PowerPoint Document')) return 'ppt'
  return has('__properties_version1.0') ? 'msg' : undefined
}

const richText = (): ExtractionError =>
  new ExtractionError('unsupported-type', 'The file is rich text (RTF), whatever it is called. Save it as .docx and upload that.')
