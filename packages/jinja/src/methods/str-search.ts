import { textLength, toPointIndex, toUnitIndex } from '../objects/code-points.ts'
import type { PyValue } from '../objects/py-object.ts'
import { Tuple } from '../objects/sequences.ts'
import type { Parameter } from '../objects/signature.ts'
import { textOf, toIndex, typeName } from '../objects/types.ts'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import type { StringMethod } from './str.ts'

const RANGE: readonly Parameter[] = ['sub', ['start', null], ['end', null]]

/** The text of an argument that must be one. */
export function needText(value: PyValue, message = `must be str, not ${typeName(value)}`): string {
  const text = textOf(value)
  if (text === undefined) throw new TemplateError('TypeError', message)
  return text
}

/** The UTF-16 bounds of Python's `text[start:end]`. */
function bounds(text: string, start: PyValue, end: PyValue): [number, number] {
  const length = textLength(text)
  const place = (value: PyValue, fallback: number): number => {
    if (value === null) return fallback
    const index = toIndex(value)
    return Math.min(Math.max(index < 0 ? index + length : index, 0), length + 1)
  }
  const [from, to] = [place(start, 0), Math.min(place(end, length), length)]
  return from > length ? [-1, -1] : [toUnitIndex(text, from), toUnitIndex(text, to)]
}

function locate(text: string, sub: PyValue, start: PyValue, end: PyValue, isLast: boolean): number {
  const part = needText(sub)
  const [from, to] = bounds(text, start, end)
  if (from < 0 || to - from < part.length) return -1
  const at = isLast ? text.lastIndexOf(part, to - part.length) : text.indexOf(part, from)
  return at < from || at + part.length > to ? -1 : toPointIndex(text, at)
}

function count(text: string, sub: PyValue, start: PyValue, end: PyValue): number {
  const part = needText(sub)
  const [from, to] = bounds(text, start, end)
  if (from < 0 || to < from) return 0
  const within = text.slice(from, to)
  return part === '' ? textLength(within) + 1 : within.split(part).length - 1
}

function located(found: number): number {
  if (found < 0) throw new TemplateError('ValueError', 'substring not found')
  return found
}

function touches(name: 'startswith' | 'endswith', text: string, affix: PyValue, start: PyValue, end: PyValue): boolean {
  const affixes = affix instanceof Tuple ? affix.items : [affix]
  const [from, to] = bounds(text, start, end)
  return affixes.some((each) => {
    const part = needText(each, `${name} first arg must be str or a tuple of str, not ${typeName(each)}`)
    if (from < 0 || to < from) return false
    const within = text.slice(from, to)
    return name === 'startswith' ? within.startsWith(part) : within.endsWith(part)
  })
}

function partition(text: string, separator: PyValue, isLast: boolean): Tuple {
  const part = needText(separator)
  if (part === '') throw new TemplateError('ValueError', 'empty separator')
  const at = isLast ? text.lastIndexOf(part) : text.indexOf(part)
  if (at < 0) return new Tuple(isLast ? ['', '', text] : [text, '', ''])
  return new Tuple([text.slice(0, at), part, text.slice(at + part.length)])
}

/** Python's `text.replace(old, new, count)`. */
export function replaceText(text: string, old: string, replacement: string, limit: number, run: Run): string {
  if (limit === 0) return text
  const pieces = old === '' ? ['', ...Array.from(text), ''] : text.split(old)
  const cuts = limit < 0 ? pieces.length - 1 : Math.min(limit, pieces.length - 1)
  run.budget.allowText(text.length + cuts * replacement.length)
  if (cuts === pieces.length - 1) return pieces.join(replacement)
  return [...pieces.slice(0, cuts), pieces.slice(cuts).join(old)].join(replacement)
}

function translate(text: string, table: PyValue, run: Run): string {
  return Array.from(text, (character) => {
    const found = run.runtime.item(table, character.codePointAt(0) ?? 0, run)
    if (found === null) return ''
    if (typeof found === 'number') return String.fromCodePoint(found)
    return textOf(found) ?? character
  }).join('')
}

export const searchMethods: readonly (readonly [string, readonly Parameter[], StringMethod])[] = [
  ['find', RANGE, (_run, text, sub, start, end) => locate(text, sub, start, end, false)],
  ['rfind', RANGE, (_run, text, sub, start, end) => locate(text, sub, start, end, true)],
  ['index', RANGE, (_run, text, sub, start, end) => located(locate(text, sub, start, end, false))],
  ['rindex', RANGE, (_run, text, sub, start, end) => located(locate(text, sub, start, end, true))],
  ['count', RANGE, (_run, text, sub, start, end) => count(text, sub, start, end)],
  ['startswith', RANGE, (_run, text, affix, start, end) => touches('startswith', text, affix, start, end)],
  ['endswith', RANGE, (_run, text, affix, start, end) => touches('endswith', text, affix, start, end)],
  ['partition', ['sep'], (_run, text, separator) => partition(text, separator, false)],
  ['rpartition', ['sep'], (_run, text, separator) => partition(text, separator, true)],
  [
    'replace',
    ['old', 'new', ['count', -1]],
    (run, text, old, replacement, limit) => replaceText(text, needReplaced(old, 1), needReplaced(replacement, 2), toIndex(limit), run),
  ],
  ['removeprefix', ['prefix'], (_run, text, prefix) => (text.startsWith(needText(prefix)) ? text.slice(needText(prefix).length) : text)],
  [
    'removesuffix',
    ['suffix'],
    (_run, text, suffix) => (needText(suffix) && text.endsWith(needText(suffix)) ? text.slice(0, -needText(suffix).length) : text),
  ],
  ['translate', ['table'], (run, text, table) => translate(text, table, run)],
]

const needReplaced = (value: PyValue, place: number): string =>
  needText(value, `replace() argument ${place} must be str, not ${typeName(value)}`)
