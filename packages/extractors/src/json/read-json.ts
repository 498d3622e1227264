import { type DocumentDraft, wholeText } from '../document-reader.ts'
import { brokenFile } from '../failures.ts'
import { decodeText } from '../text-forms/decode-text.ts'
import { indentJson } from './indent-json.ts'

/** Checked, and indented by two. */
export function readJson(bytes: Uint8Array): DocumentDraft {
  const text = decodeText(bytes)
  try {
    JSON.parse(text)
  } catch (error) {
    throw brokenFile(`it is not JSON (${error instanceof Error ? error.message : 'no reason given'})`, error)
  }
  return wholeText(indentJson(text))
}
