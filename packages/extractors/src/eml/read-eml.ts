import PostalMime, { type Address } from 'postal-mime'
import { type DocumentDraft, wholeText } from '../document-reader.ts'
import { brokenFile } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { htmlToText } from '../text-forms/html-text.ts'
import { toLetterText } from '../text-forms/letter-text.ts'

const MAX_PARTS_DEEP = 32
const MAX_HEADER_BYTES = 1024 * 1024

/** A mail as it was sent (RFC 5322): who, what about, its words; what is attached is only named. */
export async function readEml(bytes: Uint8Array, _limits: ExtractionLimits): Promise<DocumentDraft> {
  const mail = await parseMail(bytes)
  if (mail.headers.length === 0 || !mail.headers.some(({ key }) => KNOWN_HEADERS.has(key))) throw brokenFile('it has no headers of a mail')
  return wholeText(
    toLetterText({
      subject: mail.subject,
      from: mail.from && showAddress(mail.from),
      to: mail.to?.map(showAddress).join(', '),
      cc: mail.cc?.map(showAddress).join(', '),
      date: mail.date,
      body: mail.text?.trim() ? mail.text : htmlToText(mail.html ?? ''),
      attachments: mail.attachments.flatMap(({ filename }) => filename ?? []),
    }),
  )
}

const KNOWN_HEADERS = new Set(['from', 'to', 'subject', 'date', 'message-id', 'received', 'mime-version', 'content-type', 'return-path'])

async function parseMail(bytes: Uint8Array): ReturnType<typeof PostalMime.parse> {
  try {
    return await PostalMime.parse(bytes, { maxNestingDepth: MAX_PARTS_DEEP, maxHeadersSize: MAX_HEADER_BYTES })
  } catch (error) {
    throw brokenFile('it is not a mail, or is nested too deep', error)
  }
}

function showAddress({ name, address, group }: Address): string {
  if (group) return `${name}: ${group.map(showAddress).join(', ')};`
  return name && address ? `${name} <${address}>` : (address ?? name ?? '')
}
