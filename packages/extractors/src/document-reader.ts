import type { ExtractedPart } from '@trellis/spec'
import type { ExtractionLimits } from './limits.ts'

/** What a reader makes of a file: its parts in order, and what stands between them. */
export interface DocumentDraft {
  readonly parts: readonly DraftPart[]
  /** An empty line where absent. */
  readonly separator?: string
}

export interface DraftPart {
  /** Absent where the document has no parts of its own. */
  readonly kind?: ExtractedPart['kind']
  readonly title?: string
  readonly text: string
}

/** Reads one kind of file; runs in a worker thread. @throws ExtractionError */
export type ReadDocument = (bytes: Uint8Array, limits: ExtractionLimits) => DocumentDraft | Promise<DocumentDraft>

/** A family of files, told apart by what they are called. */
export interface DocumentFormat {
  readonly id: string
  /** Lower case. */
  readonly mimeTypes: readonly string[]
  /** Lower case, without the dot. */
  readonly extensions: readonly string[]
  /** What such a file is packed in; text where absent. */
  readonly container?: 'zip' | 'compound' | 'pdf'
  /** The code is loaded when the first such file comes. */
  readonly load: () => Promise<ReadDocument>
}

export const wholeText = (text: string): DocumentDraft => ({ parts: [{ text }] })
