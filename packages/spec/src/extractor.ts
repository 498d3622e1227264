/** Reads the text out of documents. What a file is, is told by its MIME type and its extension; its content only proves them wrong. */
export interface Extractor {
  /** @throws ExtractionError; an aborted call rejects with the signal's reason */
  extract(input: ExtractionInput, signal?: AbortSignal): Promise<ExtractedDocument>
  /** Whether files that are called so can be read at all. */
  supports(description: DocumentDescription): boolean
  /** Ends what is under way as `unavailable`. */
  close(): Promise<void>
}

/** What is known about a file besides its bytes; any of it may be missing or wrong. */
export interface DocumentDescription {
  readonly filename?: string
  readonly mimeType?: string
  /** With or without its dot; the filename's where absent. */
  readonly extension?: string
}

export interface ExtractionInput extends DocumentDescription {
  /** Left as they are: the extractor works on a copy. */
  readonly bytes: Uint8Array
}

export interface ExtractedDocument {
  /** The reader that was chosen: `pdf`, `docx`, `text`, ... */
  readonly format: string
  /** All of it, in reading order, lines ended by `\n`; tables are Markdown. */
  readonly text: string
  /** Where the document's own parts lie in `text`; none where it has no parts. */
  readonly parts: readonly ExtractedPart[]
}

export interface ExtractedPart {
  readonly kind: 'page' | 'slide' | 'sheet' | 'chapter'
  /** The name that the document gives to the part: of a sheet, a chapter. */
  readonly title?: string
  /** Offsets into `text`, in UTF-16 units: `text.slice(start, end)`. */
  readonly start: number
  readonly end: number
}

export type ExtractionFailure =
  /** No reader for this kind of file. */
  | 'unsupported-type'
  /** Not what it says it is, cut off, or damaged. */
  | 'broken-file'
  /** Needs a password or a licence. */
  | 'encrypted-file'
  /** A bound was passed: size unpacked, pages, cells, memory. */
  | 'too-large'
  /** Reading took longer than is allowed. */
  | 'timeout'
  /** The extractor is closing, or its worker could not be started: another try may succeed. */
  | 'unavailable'

const MARK = Symbol.for('trellis.ExtractionError')

/** Why a document could not be read; `message` says what to do about it and may be shown to whoever sent the file. */
export class ExtractionError extends Error {
  readonly [MARK] = true
  readonly failure: ExtractionFailure

  constructor(failure: ExtractionFailure, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options)
    this.name = 'ExtractionError'
    this.failure = failure
  }

  static is(error: unknown): error is ExtractionError {
    return typeof error === 'object' && error !== null && MARK in error
  }
}
