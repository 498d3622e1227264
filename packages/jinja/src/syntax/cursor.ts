import { isSpace } from '../objects/characters.ts'
import type { Token } from './token.ts'

/** Where the scan stands; the parts of the lexer share and move it. */
export interface Cursor {
  readonly source: string
  position: number
  line: number
  readonly tokens: Token[]
}

/** Moves on over text, counting its lines. */
export function advance(cursor: Cursor, length: number): void {
  const end = cursor.position + length
  for (let at = cursor.source.indexOf('\n', cursor.position); at >= 0 && at < end; at = cursor.source.indexOf('\n', at + 1)) cursor.line++
  cursor.position = end
}

export function skipSpace(cursor: Cursor): void {
  let end = cursor.position
  while (end < cursor.source.length && isSpace(cursor.source.charAt(end))) end++
  if (end > cursor.position) advance(cursor, end - cursor.position)
}
