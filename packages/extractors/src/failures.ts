import { ExtractionError } from '@trellis/spec'

/** @param what the fault, as the end of a sentence: "its table of contents is missing" */
export const brokenFile = (what: string, cause?: unknown): ExtractionError =>
  new ExtractionError(
    'broken-file',
    `The file cannot be read: ${what}. Open it in the program that made it, save it again and upload that.`,
    cause === undefined ? {} : { cause },
  )

export const encryptedFile = (): ExtractionError =>
  new ExtractionError('encrypted-file', 'The file is protected by a password. Save it without one and upload that.')

/** @param what the bound that was passed, as a claim: "it has more than 10,000 pages" */
export const tooLarge = (what: string): ExtractionError =>
  new ExtractionError('too-large', `The file is too large to be read: ${what}. Split it into smaller files.`)

export const formatCount = (count: number): string => count.toLocaleString('en-US')
