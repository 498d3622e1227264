import { openCompoundFile, readStream } from '../containers/compound-file.ts'
import type { DocumentDraft, DraftPart } from '../document-reader.ts'
import { brokenFile, formatCount, tooLarge } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { findDocument, readPersistDirectory } from './persist-directory.ts'
import { findRecords, type PresentationRecord, readChildren, readRecord } from './presentation-records.ts'

const SLIDE_LIST = 4080
const SLIDE_PLACE = 1011
const SLIDE_ATOM = 1007
const TEXT_BOX = 0xf00d
const OUTLINE_REFERENCE = 3998
const WIDE_TEXT = 4000
const NARROW_TEXT = 4008
const SLIDES = 0
const NOTES = 2

/** Slides of a binary presentation (97 to 2003) in order, each with its notes. */
export function readPpt(bytes: Uint8Array, limits: ExtractionLimits): DocumentDraft {
  const root = openCompoundFile(bytes)
  const content = readStream(root, 'PowerPoint Document')
  const stream = new DataView(content.buffer, content.byteOffset, content.byteLength)
  try {
    return { parts: readSlides(stream, toView(readStream(root, 'Current User')), limits) }
  } catch (error) {
    if (error instanceof RangeError) throw brokenFile('it was cut off', error)
    throw error
  }
}

const toView = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function readSlides(stream: DataView, currentUser: DataView, limits: ExtractionLimits): DraftPart[] {
  const directory = readPersistDirectory(stream, currentUser)
  const lists = readChildren(findDocument(stream, directory)).filter(({ type }) => type === SLIDE_LIST)
  const listed = (instance: number): ListedSlide[] => lists.filter((list) => list.instance === instance).flatMap(readList)
  const open = ({ persistId }: ListedSlide): PresentationRecord => {
    const offset = directory.offsets.get(persistId)
    if (offset === undefined) throw brokenFile('one of its slides is missing')
    return readRecord(stream, offset)
  }
  const slides = listed(SLIDES)
  if (slides.length > limits.pages) throw tooLarge(`it has more than ${formatCount(limits.pages)} slides`)
  const notes = new Map(listed(NOTES).map((note) => [note.slideId, note]))
  return slides.map((slide) => {
    const record = open(slide)
    const note = notes.get(readNotesId(record) ?? 0)
    const lines = [...readTexts(record, slide.texts), ...(note ? readTexts(open(note), note.texts) : [])]
    return { kind: 'slide', text: lines.join('\n') }
  })
}

/** A slide as the document lists it, with the texts of its outline. */
interface ListedSlide {
  readonly persistId: number
  readonly slideId: number
  readonly texts: string[]
}

function readList(list: PresentationRecord): ListedSlide[] {
  const slides: ListedSlide[] = []
  for (const record of readChildren(list)) {
    const { data } = record
    if (record.type === SLIDE_PLACE) slides.push({ persistId: data.getUint32(0, true), slideId: data.getUint32(12, true), texts: [] })
    else if (isText(record)) slides.at(-1)?.texts.push(readText(record))
  }
  return slides
}

function readNotesId(slide: PresentationRecord): number | undefined {
  const atom = readChildren(slide).find(({ type }) => type === SLIDE_ATOM)
  return atom?.data.getUint32(16, true)
}

/** Texts in the order of the slide's boxes; what the outline has and no box shows comes first. */
function readTexts(slide: PresentationRecord, outline: readonly string[]): string[] {
  const shown = new Set<number>()
  const boxes = findRecords(slide, new Set([TEXT_BOX])).flatMap((box) =>
    readChildren({ ...box, isContainer: true }).flatMap((record) => {
      if (record.type !== OUTLINE_REFERENCE) return isText(record) ? [readText(record)] : []
      const index = record.data.getUint32(0, true)
      shown.add(index)
      return outline[index] ?? []
    }),
  )
  const rest = outline.filter((_, index) => !shown.has(index))
  // A star is the place of a slide number or a date.
  return [...rest, ...boxes].map((text) => text.trim()).filter((text) => text !== '' && text !== '*')
}

const isText = ({ type }: PresentationRecord): boolean => type === WIDE_TEXT || type === NARROW_TEXT

function readText({ type, data }: PresentationRecord): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  // Narrow text is the lower halves of UTF-16 units.
  const text = type === WIDE_TEXT ? new TextDecoder('utf-16le').decode(bytes) : Buffer.from(bytes).toString('latin1')
  return text.replace(/[\r\v]/g, '\n')
}
