import { trimEnd } from '../objects/characters.ts'
import { TemplateError } from '../template-error.ts'
import { advance, type Cursor, skipSpace } from './cursor.ts'
import { scanExpression } from './lex-expression.ts'
import type { Token, TokenType } from './token.ts'

/**
 * Splits a template into tokens, by the rules of Jinja's default environment: lines end in `\n`, the last of them is dropped,
 * `-` at a tag takes the space beside it away.
 */
export function lex(template: string): Token[] {
  const source = template.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  const cursor: Cursor = { source, position: 0, line: 1, tokens: [] }
  try {
    lexAll(cursor)
    cursor.tokens.push({ type: 'eof', text: '', line: cursor.line })
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    cursor.tokens.push({ type: 'eof', text: '', line: cursor.line, fault: error })
  }
  return cursor.tokens
}

function lexAll(cursor: Cursor): void {
  while (cursor.position < cursor.source.length) {
    const start = findTag(cursor.source, cursor.position)
    if (start < 0) push(cursor, 'data', cursor.source.slice(cursor.position))
    else lexTag(cursor, start)
  }
}

/** The next `{{`, `{%` or `{#`, or -1. */
function findTag(source: string, from: number): number {
  for (let at = source.indexOf('{', from); at >= 0; at = source.indexOf('{', at + 1)) {
    const next = source[at + 1]
    if (next === '{' || next === '%' || next === '#') return at
  }
  return -1
}

const RAW = /\{%([-+]?)\s*raw\s*(?:-%\}\s*|%\})/y

function lexTag(cursor: Cursor, start: number): void {
  const { source } = cursor
  RAW.lastIndex = start
  const raw = RAW.exec(source)
  const sign = raw ? raw[1] : source[start + 2]
  pushData(cursor, source.slice(cursor.position, start), sign === '-')
  cursor.position = start
  if (raw) {
    lexRaw(cursor, raw[0].length)
    return
  }
  advance(cursor, sign === '-' || sign === '+' ? 3 : 2)
  const kind = source[start + 1]
  if (kind === '#') {
    skipComment(cursor)
    return
  }
  const name = kind === '%' ? 'block' : 'variable'
  cursor.tokens.push({ type: `${name}_begin`, text: '', line: cursor.line })
  scanExpression(cursor, name)
}

function pushData(cursor: Cursor, text: string, isStripped: boolean): void {
  const data = isStripped ? trimEnd(text, null) : text
  if (data) cursor.tokens.push({ type: 'data', text: data, line: cursor.line })
  advance(cursor, text.length)
}

const END_RAW = /\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\})/g

function lexRaw(cursor: Cursor, tagLength: number): void {
  advance(cursor, tagLength)
  END_RAW.lastIndex = cursor.position
  const end = END_RAW.exec(cursor.source)
  if (!end && cursor.position >= cursor.source.length) return
  if (!end) throw new TemplateError('TemplateSyntaxError', 'Missing end of raw directive', cursor.line)
  pushData(cursor, cursor.source.slice(cursor.position, end.index), end[1] === '-')
  advance(cursor, end[0].length)
}

function skipComment(cursor: Cursor): void {
  const end = cursor.source.indexOf('#}', cursor.position)
  if (end < 0) {
    // Nothing may follow the last opening at all, and then Jinja complains about nothing.
    if (cursor.position >= cursor.source.length) return
    throw new TemplateError('TemplateSyntaxError', 'Missing end of comment tag', cursor.line)
  }
  const isStripped = end > cursor.position && cursor.source[end - 1] === '-'
  advance(cursor, end + 2 - cursor.position)
  if (isStripped) skipSpace(cursor)
}

function push(cursor: Cursor, type: TokenType, text: string): void {
  cursor.tokens.push({ type, text, line: cursor.line })
  advance(cursor, text.length)
}
