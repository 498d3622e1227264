/** How a turn may end: told to its end, stopped by its reader, or cut off with what had been said. */
export type Outcome = 'whole' | 'stopped' | 'interrupted'

/** A turn as its page, the server's log and the provider know it in the end. */
export interface Told {
  readonly tag: string
  /** So many words has the whole answer. */
  readonly words: number
  /** What stands on each page that shows it. */
  readonly pages: readonly string[]
  readonly stored: readonly { readonly answer: string; readonly status: string }[]
  /** How often the provider was asked for it. */
  readonly asks: number
}

export interface Expected {
  readonly outcome: Outcome
  /** Once, unless the design says otherwise. */
  readonly asks?: number
}

/** The answer to a tag: its words can be told from those of all other answers, and each from the others. */
export const wordsOf = (tag: string, count: number): string =>
  Array.from({ length: count }, (_, position) => `${tag}-${position}`).join(' ')

/** How many of the answer's words a text has, in their order; -1 where one is missing, doubled, or another turn's. */
export function countWords(tag: string, text: string): number {
  const found = [...text.matchAll(/([a-z]+)-(\d+)/g)]
  return found.every(([, owner, position], index) => owner === tag && Number(position) === index) ? found.length : -1
}

/** What is doubled, lost or told differently. */
export function judge({ tag, words, pages, stored, asks }: Told, { outcome, asks: asksExpected = 1 }: Expected): readonly string[] {
  const complaints: string[] = []
  const [message] = stored
  if (stored.length !== 1) complaints.push(`the log has ${stored.length} of it instead of one`)
  if (asks !== asksExpected) complaints.push(`the provider was asked ${asks} times instead of ${asksExpected}`)
  const kept = countWords(tag, message?.answer ?? '')
  if (kept < 0) complaints.push(`the log's answer is out of order: ${shorten(message?.answer ?? '')}`)
  for (const page of pages) {
    const shown = countWords(tag, page)
    if (shown < 0) complaints.push(`the page's answer is out of order: ${shorten(page)}`)
    else if (shown !== kept) complaints.push(`the page shows ${shown} words, the log has ${kept}`)
  }
  if (outcome === 'whole' && kept !== words) complaints.push(`the answer has ${kept} words of ${words}`)
  if (outcome !== 'whole' && kept >= words) complaints.push('the answer went on to its end')
  const isFailed = message?.status === 'error' || message?.status === 'failed'
  if (isFailed !== (outcome === 'interrupted')) complaints.push(`the log says ${message?.status}`)
  return complaints
}

const shorten = (text: string): string => (text.length > 400 ? `${text.slice(0, 200)} … ${text.slice(-200)}` : text)
