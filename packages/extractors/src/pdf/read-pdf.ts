import { getDocument, type PDFDocumentProxy } from 'unpdf/pdfjs'
import type { DocumentDraft, DraftPart } from '../document-reader.ts'
import { brokenFile, encryptedFile, formatCount, tooLarge } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { CharacterMapFactory } from './character-map-factory.ts'
import { type LineItem, toPageText } from './page-text.ts'

/** The text layer, a part a page. Scanned pages have none and stay empty. */
export async function readPdf(bytes: Uint8Array, limits: ExtractionLimits): Promise<DocumentDraft> {
  const loading = getDocument({
    // A copy: pdf.js keeps what it is given.
    data: new Uint8Array(bytes),
    BinaryDataFactory: CharacterMapFactory,
    cMapUrl: 'cmaps/',
    cMapPacked: true,
    useWorkerFetch: false,
    useWasm: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    maxImageSize: 0,
    verbosity: 0,
  })
  try {
    const document = await loading.promise
    return { parts: await readPages(document, limits), separator: '\n' }
  } catch (error) {
    throw toFailure(error)
  } finally {
    await loading.destroy()
  }
}

async function readPages(document: PDFDocumentProxy, { pages, textLength }: ExtractionLimits): Promise<DraftPart[]> {
  if (document.numPages > pages) throw tooLarge(`it has more than ${formatCount(pages)} pages`)
  const parts: DraftPart[] = []
  let length = 0
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const items: LineItem[] = []
    const chunks: AsyncIterable<{ readonly items: readonly object[] }> = page.streamTextContent()
    // The stream is read to its end even where its text is too long: pdf.js cannot be stopped in the middle without complaint.
    for await (const { items: found } of chunks) {
      for (const item of found) {
        if (!isLineItem(item)) continue
        length += item.str.length
        if (length <= textLength) items.push(item)
      }
    }
    if (length > textLength) throw tooLarge(`its text is longer than ${formatCount(textLength)} characters`)
    page.cleanup()
    parts.push({ kind: 'page', text: toPageText(items) })
  }
  return parts
}

/** Marks of structure come between the texts. */
const isLineItem = (item: object): item is LineItem => 'str' in item

function toFailure(error: unknown): unknown {
  const name = error instanceof Error ? error.name : ''
  if (name === 'PasswordException') return encryptedFile()
  if (/^(InvalidPDF|MissingPDF|Format|Unknown|ResponseError|XRef)/.test(name)) return brokenFile('it is not a PDF, or is damaged', error)
  return error
}
