import { type DocumentDraft, wholeText } from '../document-reader.ts'
import { decodeMarkup, decodeText } from '../text-forms/decode-text.ts'

export const readText = (bytes: Uint8Array): DocumentDraft => wholeText(decodeText(bytes))

/** The text of the file, tags and all. */
export const readMarkup = (bytes: Uint8Array): DocumentDraft => wholeText(decodeMarkup(bytes))
