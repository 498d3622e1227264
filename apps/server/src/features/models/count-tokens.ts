import { setImmediate } from 'node:timers/promises'

/** Beyond this, tokens are reckoned by the rate of what was counted. */
const MOST_COUNTED = 200_000
/** Counted at a stretch, before others have their turn. */
const STRETCH = 10_000
/** Longer rows of one kind are counted in pieces: merging pairs costs the square of a row's length. */
const LONG_ROW = /\S{65,}|\s{65,}/g
const PIECE = 64
/** What looks like a control token is what somebody typed. */
const AS_TEXT = { disallowedSpecial: new Set<string>() }

/**
 * Counts tokens by OpenAI's cl100k vocabulary: exact for few models, close for all. The vocabulary costs 70 ms and some tens of
 * megabytes, so it is loaded only when a conversation may really outgrow its model's window. A text of any length and kind takes
 * little time, and leaves the others theirs: rows without a space are counted in pieces (a few per cent too many tokens), and what
 * follows 200,000 characters is reckoned.
 */
export async function countTokens(text: string): Promise<number> {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/cl100k_base')
  const counted = text.slice(0, MOST_COUNTED)
  let tokens = 0
  for (let start = 0; start < counted.length; start += STRETCH) {
    if (start > 0) await setImmediate()
    for (const piece of splitLongRows(counted.slice(start, start + STRETCH))) tokens += count(piece, AS_TEXT)
  }
  return counted.length === text.length ? tokens : Math.ceil((tokens * text.length) / counted.length)
}

function splitLongRows(text: string): readonly string[] {
  const pieces: string[] = []
  let end = 0
  for (const { 0: row, index } of text.matchAll(LONG_ROW)) {
    if (index > end) pieces.push(text.slice(end, index))
    for (let start = 0; start < row.length; start += PIECE) pieces.push(row.slice(start, start + PIECE))
    end = index + row.length
  }
  if (end < text.length) pieces.push(text.slice(end))
  return pieces
}
