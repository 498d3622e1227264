import { reprString } from '@trellis/values'
import { TemplateError } from '../template-error.ts'
import { advance, type Cursor, skipSpace } from './cursor.ts'
import { unescapeString } from './string-literal.ts'
import type { TokenType } from './token.ts'

const FLOAT = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?[eE][+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/y
const INTEGER = /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*/y
const NAME = /[\p{L}\p{N}\p{M}\p{Pc}\u00b7\u0387]+/uy
const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u
const OPERATOR = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}<>=.:|,;]/y
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' }

/** Tokens up to the end of a tag, which counts only where all brackets are closed. */
export function scanExpression(cursor: Cursor, tag: 'block' | 'variable'): void {
  const open: string[] = []
  for (;;) {
    skipSpace(cursor)
    if (cursor.position >= cursor.source.length) return
    if (open.length === 0 && endTag(cursor, tag)) return
    if (take(cursor, FLOAT, 'float') || take(cursor, INTEGER, 'integer') || takeName(cursor) || takeString(cursor)) continue
    takeOperator(cursor, open)
  }
}

function endTag(cursor: Cursor, tag: 'block' | 'variable'): boolean {
  const { source, position } = cursor
  const end = tag === 'block' ? '%}' : '}}'
  const sign = source[position] === '-' || (source[position] === '+' && tag === 'block') ? source[position] : ''
  if (!source.startsWith(end, position + (sign ?? '').length)) return false
  cursor.tokens.push({ type: `${tag}_end`, text: '', line: cursor.line })
  advance(cursor, (sign ?? '').length + 2)
  if (sign === '-') skipSpace(cursor)
  return true
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.position
  return pattern.exec(cursor.source)?.[0]
}

function take(cursor: Cursor, pattern: RegExp, type: TokenType): boolean {
  // A number behind a dot is an index: `items.0.1`.
  if (type === 'float' && cursor.source[cursor.position - 1] === '.') return false
  const text = match(cursor, pattern)
  if (text === undefined) return false
  cursor.tokens.push({ type, text: text.replaceAll('_', ''), line: cursor.line })
  advance(cursor, text.length)
  return true
}

function takeName(cursor: Cursor): boolean {
  const text = match(cursor, NAME)
  if (text === undefined) return false
  if (!IDENTIFIER.test(text)) throw new TemplateError('TemplateSyntaxError', 'Invalid character in identifier', cursor.line)
  cursor.tokens.push({ type: 'name', text, line: cursor.line })
  advance(cursor, text.length)
  return true
}

function takeString(cursor: Cursor): boolean {
  const { source, position } = cursor
  const quote = source[position]
  if (quote !== '"' && quote !== "'") return false
  let end = position + 1
  while (end < source.length && source[end] !== quote) end += source[end] === '\\' ? 2 : 1
  if (end >= source.length) return false
  cursor.tokens.push({ type: 'string', text: unescapeString(source.slice(position + 1, end), cursor.line), line: cursor.line })
  advance(cursor, end + 1 - position)
  return true
}

function takeOperator(cursor: Cursor, open: string[]): void {
  const { position, line } = cursor
  const text = match(cursor, OPERATOR)
  if (text === undefined) {
    const character = String.fromCodePoint(cursor.source.codePointAt(position) ?? 0)
    throw new TemplateError('TemplateSyntaxError', `unexpected char ${reprString(character)} at ${position}`, line)
  }
  const closing = CLOSING[text]
  if (closing) open.push(closing)
  else if (text === '}' || text === ')' || text === ']') {
    const expected = open.pop()
    if (expected === undefined) throw new TemplateError('TemplateSyntaxError', `unexpected '${text}'`, line)
    if (expected !== text) throw new TemplateError('TemplateSyntaxError', `unexpected '${text}', expected '${expected}'`, line)
  }
  cursor.tokens.push({ type: 'operator', text, line })
  advance(cursor, text.length)
}
