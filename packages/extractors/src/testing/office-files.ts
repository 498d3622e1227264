import { buildZip } from './build-zip.ts'

const TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

const relations = (entries: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships>${entries.map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`).join('')}</Relationships>`

const officeFile = (main: string, parts: Readonly<Record<string, string>>): Uint8Array =>
  buildZip({ '[Content_Types].xml': TYPES, '_rels/.rels': relations([['r', 'officeDocument', main]]), ...parts })

export const aDocx = (body: string): Uint8Array =>
  officeFile('word/document.xml', { 'word/document.xml': `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>` })

export interface SheetOptions {
  readonly strings?: readonly string[]
  readonly styles?: string
}

/** A workbook of one sheet, 成绩. */
export const anXlsx = (rows: string, { strings = [], styles = '<styleSheet/>' }: SheetOptions = {}): Uint8Array =>
  officeFile('xl/workbook.xml', {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="成绩" sheetId="1" r:id="s1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations([
      ['s1', 'worksheet', 'worksheets/sheet1.xml'],
      ['s2', 'sharedStrings', '/xl/sharedStrings.xml'],
      ['s3', 'styles', 'styles.xml'],
    ]),
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    'xl/styles.xml': styles,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  })

/** Slides in this order, though their files are numbered the other way round. */
export const aPptx = (slides: readonly string[], notes: string): Uint8Array =>
  officeFile('ppt/presentation.xml', {
    'ppt/presentation.xml': `<p:presentation xmlns:r="r"><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${index + 256}" r:id="s${index}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(
      slides.map((_, index) => [`s${index}`, 'slide', `slides/slide${slides.length - index}.xml`]),
    ),
    'ppt/notesSlides/n.xml': `<p:notes><p:sp><a:p><a:r><a:t>${notes}</a:t></a:r></a:p></p:sp></p:notes>`,
    ...Object.fromEntries(slides.map((slide, index) => [`ppt/slides/slide${slides.length - index}.xml`, `<p:sld>${slide}</p:sld>`])),
    [`ppt/slides/_rels/slide${slides.length}.xml.rels`]: relations([['n', 'notesSlide', '../notesSlides/n.xml']]),
  })

export const anEpub = (chapters: Readonly<Record<string, string>>, extra: Readonly<Record<string, string>> = {}): Uint8Array => {
  const names = Object.keys(chapters)
  return buildZip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    'OEBPS/book.opf': `<package><manifest>${names.map((name, index) => `<item id="c${index}" href="${name}"/>`).join('')}</manifest><spine>${names.map((_, index) => `<itemref idref="c${index}"/>`).join('')}</spine></package>`,
    ...Object.fromEntries(Object.entries(chapters).map(([name, html]) => [`OEBPS/${name}`, html])),
    ...extra,
  })
}

export const anOdt = (text: string, extra: Readonly<Record<string, string>> = {}): Uint8Array =>
  buildZip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content><office:body><office:text>${text}</office:text></office:body></office:document-content>`,
    ...extra,
  })
