import { decodeHTML } from 'entities'
import { formatPercent } from '../format/percent.ts'
import { center } from '../methods/str.ts'
import { needText, replaceText } from '../methods/str-search.ts'
import { getSlice } from '../objects/attributes.ts'
import { capitalize, splitLines, splitWords, trimEnd, trimStart } from '../objects/characters.ts'
import { toPoints } from '../objects/code-points.ts'
import { compare } from '../objects/compare.ts'
import { Dict } from '../objects/dict.ts'
import { escapeHtml, Markup } from '../objects/markup.ts'
import { operate } from '../objects/operators.ts'
import type { PyValue } from '../objects/py-object.ts'
import { Tuple } from '../objects/sequences.ts'
import { define } from '../objects/signature.ts'
import { repr, str } from '../objects/text.ts'
import { isTruthy, iterateOrNothing, lengthOrThrow, textOf, toIndex, toList, typeName } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Builtin, Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { attributeGetter } from './getters.ts'
import { toJson } from './json.ts'
import { prettyPrint } from './pretty.ts'
import { urlize } from './urlize.ts'
import { wordWrap } from './word-wrap.ts'

/** MarkupSafe's `escape`. */
export const escapeValue = (value: PyValue, run: Run): Markup =>
  value instanceof Markup ? value : new Markup(run.text(escapeHtml(str(value, run))))

/** A filter that makes another text of the value's, safe where that was. */
const onText =
  (name: string, change: (text: string, run: Run) => string): Builtin =>
  (args, run) =>
    define(name, ['s'], (_run, value) => {
      const text = run.text(change(str(value, run), run))
      return value instanceof Markup ? new Markup(text) : text
    })(args, run)

const TITLE_SPLIT = /([-\s({[<]+)/

function title(text: string): string {
  const words = text.split(TITLE_SPLIT).filter((word) => word !== '')
  return words
    .map((word) => {
      const [first = '', ...rest] = toPoints(word)
      return first.toUpperCase() + rest.join('').toLowerCase()
    })
    .join('')
}

function join(run: Run, value: PyValue, separator: PyValue, attribute: PyValue): PyValue {
  const get = attributeGetter(run, attribute)
  const items = toList(value, run).map(get)
  const isSafe = run.isEscaping && (separator instanceof Markup || items.some((item) => item instanceof Markup))
  const shown = (item: PyValue): string => (isSafe ? escapeValue(item, run).text : str(item, run))
  const parts = items.map((item) => shown(item))
  const between = shown(separator)
  run.budget.allowText(parts.reduce((length, part) => length + part.length + between.length, 0))
  return isSafe ? new Markup(parts.join(between)) : parts.join(between)
}

function replace(run: Run, value: PyValue, old: PyValue, replacement: PyValue, limit: PyValue): PyValue {
  const count = limit === null ? -1 : toIndex(limit)
  const escapes = run.isEscaping && (old instanceof Markup || replacement instanceof Markup || value instanceof Markup)
  if (!escapes) return replaceText(str(value, run), str(old, run), str(replacement, run), count, run)
  const [one, other] = [escapeValue(old, run).text, escapeValue(replacement, run).text]
  return new Markup(replaceText(escapeValue(value, run).text, one, other, count, run))
}

const noSplitLines = (value: PyValue): TemplateError =>
  new TemplateError('AttributeError', `'${typeName(value)}' object has no attribute 'splitlines'`)

function indent(run: Run, value: PyValue, width: PyValue, first: PyValue, blank: PyValue): PyValue {
  if (width instanceof Undefined) width.fail()
  const indention = textOf(width) ?? ' '.repeat(allowed(run, Math.max(0, toIndex(width))))
  if (Array.isArray(value)) throw noSplitLines(value)
  const whole = operate('+', value, '\n', run)
  const lines = splitLines(textOf(whole) ?? '')
  run.budget.allowText((textOf(whole) ?? '').length + lines.length * indention.length)
  const [head = '', ...rest] = lines
  const isBlank = isTruthy(blank, run)
  const tail = rest.map((line) => `\n${line || isBlank ? indention : ''}${line}`).join('')
  const result = (isTruthy(first, run) ? indention : '') + head + tail
  return value instanceof Markup ? new Markup(result) : result
}

function allowed(run: Run, length: number): number {
  run.budget.allowText(length)
  return length
}

function truncate(run: Run, value: PyValue, length: PyValue, kills: PyValue, end: PyValue, leeway: PyValue): PyValue {
  const slack = leeway === null ? 5 : leeway
  const endLength = lengthOrThrow(end, run)
  if (compare(length, endLength, '>=', run) < 0)
    throw new TemplateError('AssertionError', `expected length >= ${endLength}, got ${str(length, run)}`)
  if (compare(slack, 0, '>=', run) < 0) throw new TemplateError('AssertionError', `expected leeway >= 0, got ${str(slack, run)}`)
  if (compare(lengthOrThrow(value, run), operate('+', length, slack, run), '<=', run) <= 0) return value
  const cut = getSlice(value, { start: null, stop: operate('-', length, endLength, run), step: null }, run)
  if (isTruthy(kills, run)) return operate('+', cut, end, run)
  const text = textOf(cut)
  if (text === undefined) throw new TemplateError('AttributeError', `'${typeName(cut)}' object has no attribute 'rsplit'`)
  const space = text.lastIndexOf(' ')
  const kept = space < 0 ? text : text.slice(0, space)
  return operate('+', cut instanceof Markup ? new Markup(kept) : kept, end, run)
}

/** Without comments, without tags, entities read, each stretch of white space one space. */
function stripTags(run: Run, value: PyValue): PyValue {
  const text = without(without(run.text(str(value, run)), '<!--', '-->'), '<', '>')
  return decodeHTML(splitWords(text, -1).join(' '))
}

function without(text: string, open: string, close: string): string {
  let result = ''
  let from = 0
  for (let start = text.indexOf(open); start >= 0; start = text.indexOf(open, from)) {
    const end = text.indexOf(close, start + open.length)
    if (end < 0) break
    result += text.slice(from, start)
    from = end + close.length
  }
  return result + text.slice(from)
}

function quoteUrl(text: string, isQuery: boolean): string {
  // Lone surrogates have no bytes; Python refuses them.
  if (!text.isWellFormed()) throw new TemplateError('ValueError', "'utf-8' codec can't encode characters: surrogates not allowed")
  const quoted = encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return isQuery ? quoted.replaceAll('%20', '+') : quoted.replaceAll('%2F', '/')
}

function urlEncode(run: Run, value: PyValue): PyValue {
  const items = value instanceof Dict ? Array.from(value.entries(), (entry) => new Tuple([...entry])) : iterateOrNothing(value, run)
  if (textOf(value) !== undefined || !items) return run.text(quoteUrl(str(value, run), false))
  const pairs: string[] = []
  for (const item of items) {
    const pair = toList(item, run)
    if (pair.length !== 2) throw new TemplateError('ValueError', pairFault(pair.length))
    pairs.push(pair.map((part) => quoteUrl(str(part, run), true)).join('='))
  }
  return run.text(pairs.join('&'))
}

const pairFault = (count: number): string =>
  count < 2 ? `not enough values to unpack (expected 2, got ${count})` : 'too many values to unpack (expected 2)'

function xmlAttributes(run: Run, value: PyValue, hasSpace: PyValue): PyValue {
  if (value instanceof Undefined) return value.fail()
  if (!(value instanceof Dict)) throw new TemplateError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`)
  const parts: string[] = []
  for (const [key, each] of value.entries()) {
    if (each === null || each instanceof Undefined) continue
    const name = needText(key, `expected string or bytes-like object, got '${typeName(key)}'`)
    if (/[\t-\r />=]/.test(name)) throw new TemplateError('ValueError', `Invalid character in attribute name: ${repr(key, run)}`)
    parts.push(`${escapeValue(key, run).text}="${escapeValue(each, run).text}"`)
  }
  const text = run.text((isTruthy(hasSpace, run) && parts.length > 0 ? ' ' : '') + parts.join(' '))
  return run.isEscaping ? new Markup(text) : text
}

function format(args: Parameters<Builtin>[0], run: Run): PyValue {
  const [value = null, ...rest] = args.positional
  if (rest.length > 0 && args.named?.size)
    throw new TemplateError('FilterArgumentError', "can't handle positional and keyword arguments at the same time")
  const source = args.named?.size ? Dict.of(args.named) : new Tuple(rest)
  const text = formatPercent(str(value, run), source, run, value instanceof Markup ? escapeHtml : undefined)
  return value instanceof Markup ? new Markup(text) : text
}

function trim(run: Run, value: PyValue, chars: PyValue): PyValue {
  const set = chars === null ? null : needText(chars, 'strip arg must be None or str')
  const text = trimEnd(trimStart(str(value, run), set), set)
  return value instanceof Markup ? new Markup(text) : text
}

const wordCount = (text: string): number => (text.match(/[\p{L}\p{N}_]+/gu) ?? []).length

const WRAPPING = ['s', ['width', 79], ['break_long_words', true], ['wrapstring', null], ['break_on_hyphens', true]] as const

export const textFilters: readonly (readonly [string, Builtin])[] = [
  ['upper', onText('do_upper', (text) => text.toUpperCase())],
  ['lower', onText('do_lower', (text) => text.toLowerCase())],
  ['capitalize', onText('do_capitalize', capitalize)],
  ['title', define('do_title', ['s'], (run, value) => run.text(title(str(value, run))))],
  ['trim', define('do_trim', ['value', ['chars', null]], trim)],
  [
    'center',
    define('do_center', ['value', ['width', 80]], (run, value, width) =>
      value instanceof Markup ? new Markup(center(run, value.text, width)) : center(run, str(value, run), width),
    ),
  ],
  ['join', define('do_join', ['value', ['d', ''], ['attribute', null]], join)],
  ['replace', define('do_replace', ['s', 'old', 'new', ['count', null]], replace)],
  ['indent', define('do_indent', ['s', ['width', 4], ['first', false], ['blank', false]], indent)],
  ['truncate', define('do_truncate', ['s', ['length', 255], ['killwords', false], ['end', '...'], ['leeway', null]], truncate)],
  ['wordwrap', define('do_wordwrap', WRAPPING, wordWrap)],
  ['wordcount', define('do_wordcount', ['s'], (run, value) => wordCount(run.text(str(value, run))))],
  ['striptags', define('do_striptags', ['value'], stripTags)],
  ['urlencode', define('do_urlencode', ['value'], urlEncode)],
  [
    'urlize',
    define(
      'do_urlize',
      ['value', ['trim_url_limit', null], ['nofollow', false], ['target', null], ['rel', null], ['extra_schemes', null]],
      urlize,
    ),
  ],
  ['xmlattr', define('do_xmlattr', ['d', ['autospace', true]], xmlAttributes)],
  ['format', format],
  ['pprint', define('do_pprint', ['value'], prettyPrint)],
  ['tojson', define('do_tojson', ['value', ['indent', null]], toJson)],
  ['string', define('soft_str', ['s'], (run, value) => (value instanceof Markup ? value : str(value, run)))],
  ['safe', define('do_mark_safe', ['value'], (run, value) => new Markup(str(value, run)))],
  ['escape', define('escape', ['s'], (run, value) => escapeValue(value, run))],
  ['e', define('escape', ['s'], (run, value) => escapeValue(value, run))],
  ['forceescape', define('do_forceescape', ['value'], (run, value) => escapeValue(str(value, run), run))],
]
