import { isSpace } from '../objects/characters.ts'
import type { Token } from './token.ts'

/** Where the scan stands; the parts of the lexer share and move it. */
export interface Cursor {
  readonly source: string
  position: number
  line: number
  readonly tokens: Token[]
}

const LINE_BREAK = 10

/** Moves on over text, counting its lines. It looks no further: to search for the next line with each token would cost the square of a long line. */
export function advance(cursor: Cursor, length: number): void {
  const end = cursor.position + length
  for (let at = cursor.position; at < end; at++) if (cursor.source.charCodeAt(at) === LINE_BREAK) cursor.line++
  cursor.position = end
}

export function skipSpace(cursor: Cursor): void {
  let end = cursor.position
  while (end < cursor.source.length && isSpace(cursor.source.charAt(end))) end++
  if (end > cursor.position) advance(cursor, end - cursor.position)
}
