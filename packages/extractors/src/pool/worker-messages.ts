import type { ExtractedDocument, ExtractionFailure, ExtractionInput } from '@trellis/spec'
import type { ExtractionLimits } from '../limits.ts'

export interface ExtractionTask {
  readonly input: ExtractionInput
  readonly limits: ExtractionLimits
}

/** A worker answers each task with one of these. */
export type ExtractionAnswer =
  | { readonly type: 'done'; readonly document: ExtractedDocument }
  | { readonly type: 'failed'; readonly failure: ExtractionFailure; readonly message: string; readonly cause?: string }
