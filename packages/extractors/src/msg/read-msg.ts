import { type CompoundEntry, findEntry, openCompoundFile } from '../containers/compound-file.ts'
import { type DocumentDraft, wholeText } from '../document-reader.ts'
import { brokenFile } from '../failures.ts'
import { codePageName } from '../text-forms/code-pages.ts'
import { decodeMarkup, decodeNamed } from '../text-forms/decode-text.ts'
import { htmlToText } from '../text-forms/html-text.ts'
import { toLetterText } from '../text-forms/letter-text.ts'
import { readFixedProperties } from './fixed-properties.ts'

const SUBJECT = '0037'
const SENDER_NAME = '0C1A'
const SENDER_ADDRESS = '5D01'
const SENDER_ADDRESS_AS_KNOWN = '0C1F'
const TO = '0E04'
const CC = '0E03'
const BODY = '1000'
const HTML = '1013'
const ATTACHMENT_NAME = '3707'
const ATTACHMENT_SHORT_NAME = '3704'
const ATTACHMENT_TITLE = '3001'

const WIDE = '001F'
const NARROW = '001E'
const BINARY = '0102'

/** A mail as Outlook keeps it: who, what about, its words; what is attached is only named. Format: [MS-OXMSG]. */
export function readMsg(bytes: Uint8Array): DocumentDraft {
  const root = openCompoundFile(bytes)
  const fixed = readFixedProperties(findEntry(root, '__properties_version1.0')?.read())
  if (!fixed) throw brokenFile('it is not an Outlook mail')
  const encoding = codePageName(fixed.codePage)
  const read = (storage: CompoundEntry, ...ids: string[]): string | undefined =>
    ids.map((id) => readText(storage, id, encoding)).find((text) => text !== undefined && text.trim() !== '')
  const attachments = root.children.filter(({ name }) => name.startsWith('__attach_version1.0_'))
  return wholeText(
    toLetterText({
      subject: read(root, SUBJECT),
      from: showSender(read(root, SENDER_NAME), read(root, SENDER_ADDRESS, SENDER_ADDRESS_AS_KNOWN)),
      to: read(root, TO),
      cc: read(root, CC),
      date: fixed.sentAt,
      body: read(root, BODY) ?? htmlToText(readHtml(root, encoding)),
      attachments: attachments.flatMap((storage) => read(storage, ATTACHMENT_NAME, ATTACHMENT_SHORT_NAME, ATTACHMENT_TITLE) ?? []),
    }),
  )
}

const findProperty = (storage: CompoundEntry, id: string, type: string): Uint8Array | undefined =>
  findEntry(storage, `__substg1.0_${id}${type}`)?.read()

function readText(storage: CompoundEntry, id: string, encoding: string): string | undefined {
  const wide = findProperty(storage, id, WIDE)
  if (wide) return new TextDecoder('utf-16le').decode(wide).replaceAll('\0', '')
  const narrow = findProperty(storage, id, NARROW)
  return narrow && decodeNamed(narrow, encoding).replaceAll('\0', '')
}

function readHtml(root: CompoundEntry, encoding: string): string {
  const binary = findProperty(root, HTML, BINARY)
  return binary ? decodeMarkup(binary) : (readText(root, HTML, encoding) ?? '')
}

function showSender(name: string | undefined, address: string | undefined): string | undefined {
  // Within an organisation, addresses are paths of a directory that tell nobody anything.
  const shown = address?.includes('@') ? address : undefined
  return name && shown && name !== shown ? `${name} <${shown}>` : (name ?? shown)
}
