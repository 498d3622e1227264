import { ExtractionError } from '@trellis/spec'
import { resolvePart } from '../containers/opc-package.ts'
import { findAll, findAttribute, parseXml, type XmlElement } from '../containers/xml.ts'
import { openZip, type ZipArchive } from '../containers/zip.ts'
import type { DocumentDraft, DraftPart } from '../document-reader.ts'
import { brokenFile, formatCount, tooLarge } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { decodeMarkup } from '../text-forms/decode-text.ts'
import { htmlToText } from '../text-forms/html-text.ts'

const ENCRYPTION = 'META-INF/encryption.xml'

/** The chapters of a book, in reading order. */
export function readEpub(bytes: Uint8Array, limits: ExtractionLimits): DocumentDraft {
  const archive = openZip(bytes, limits)
  const read = (name: string): XmlElement => parseXml(readEntry(archive, name), limits)
  const packagePath = findAll(read('META-INF/container.xml'), 'rootfile')[0]?.attributes['full-path']
  if (packagePath === undefined) throw brokenFile('it does not tell where its content is')
  const book = read(packagePath)
  const folder = packagePath.slice(0, packagePath.lastIndexOf('/') + 1)
  const items = new Map(findAll(book, 'item').map((item) => [item.attributes['id'], item.attributes['href'] ?? '']))
  const chapters = findAll(book, 'itemref').flatMap((reference) => {
    const href = items.get(reference.attributes['idref'])
    return href === undefined ? [] : [resolvePart(folder, decodePath(href))]
  })
  if (chapters.length > limits.pages) throw tooLarge(`it has more than ${formatCount(limits.pages)} chapters`)
  const encrypted = archive.has(ENCRYPTION) ? listEncrypted(read(ENCRYPTION)) : new Set<string>()
  if (chapters.some((chapter) => encrypted.has(chapter))) throw protectedBook()
  return { parts: chapters.map((chapter) => readChapter(archive, chapter)).filter(({ text }) => text !== '') }
}

/** Books whose fonts alone are scrambled can be read. */
const listEncrypted = (root: XmlElement): Set<string> =>
  new Set(findAll(root, 'CipherReference').map((reference) => decodePath(findAttribute(reference, 'URI') ?? '')))

function readChapter(archive: ZipArchive, name: string): DraftPart {
  const html = decodeMarkup(readEntry(archive, name))
  const heading = /<h[1-3]\b[^>]{0,500}>([\s\S]{1,500}?)<\/h[1-3]>/i.exec(html)?.[1]
  const title = heading === undefined ? '' : htmlToText(heading).replace(/\s+/g, ' ')
  return { kind: 'chapter', ...(title === '' ? {} : { title }), text: htmlToText(html) }
}

function readEntry(archive: ZipArchive, name: string): Uint8Array {
  const content = archive.read(name)
  if (!content) throw brokenFile(`its part ${name} is missing`)
  return content
}

function decodePath(href: string): string {
  const path = href.replace(/#.*$/, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const protectedBook = (): ExtractionError =>
  new ExtractionError('encrypted-file', 'The book is protected against copying. Use one without such protection.')
