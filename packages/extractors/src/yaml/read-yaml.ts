import { parseAllDocuments, stringify } from 'yaml'
import { type DocumentDraft, wholeText } from '../document-reader.ts'
import { brokenFile } from '../failures.ts'
import { decodeText } from '../text-forms/decode-text.ts'

/** How often one anchor may be used: enough for people, too little for a bomb. */
const MAX_ALIASES = 100

/** Checked, and written anew in one style: blocks, indented by two, comments left out. */
export function readYaml(bytes: Uint8Array): DocumentDraft {
  const documents = parseAllDocuments(decodeText(bytes), { logLevel: 'silent', uniqueKeys: false })
  if (!Array.isArray(documents)) return wholeText('')
  const texts = documents.map((document) => {
    const [error] = document.errors
    if (error) throw brokenFile(`it is not YAML (${error.message.split('\n', 1)[0]})`, error)
    return writeAnew(() => document.toJS({ maxAliasCount: MAX_ALIASES, mapAsMap: true }))
  })
  return wholeText(texts.join('---\n'))
}

function writeAnew(read: () => unknown): string {
  try {
    return stringify(read(), { indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false })
  } catch (error) {
    throw brokenFile('its anchors refer to each other without end, or too often', error)
  }
}
