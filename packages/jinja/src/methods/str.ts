import { formatFields } from '../format/str-format.ts'
import * as characters from '../objects/characters.ts'
import { textLength, toPoints } from '../objects/code-points.ts'
import { Dict } from '../objects/dict.ts'
import { escapeHtml, Markup } from '../objects/markup.ts'
import { PyObject, type PyValue } from '../objects/py-object.ts'
import { Tuple } from '../objects/sequences.ts'
import { bind, type Parameter } from '../objects/signature.ts'
import { str } from '../objects/text.ts'
import { isTruthy, iterate, textOf, toIndex, typeName } from '../objects/types.ts'
import type { Arguments, Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { needText, searchMethods } from './str-search.ts'

export type StringMethod = (run: Run, text: string, ...args: PyValue[]) => PyValue

const CHARS: readonly Parameter[] = [['chars', null]]
const SPLIT: readonly Parameter[] = [
  ['sep', null],
  ['maxsplit', -1],
]
const WIDTH: readonly Parameter[] = ['width', ['fillchar', ' ']]

function charsOf(value: PyValue, name: string): string | null {
  return value === null ? null : needText(value, `${name} arg must be None or str`)
}

function split(run: Run, text: string, separator: PyValue, limit: PyValue, isFromRight: boolean): PyValue[] {
  run.budget.spend(text.length / 8)
  const cuts = toIndex(limit)
  if (separator === null) return characters.splitWords(text, cuts, isFromRight)
  const part = needText(separator, `must be str or None, not ${typeName(separator)}`)
  if (part === '') throw new TemplateError('ValueError', 'empty separator')
  const pieces = text.split(part)
  if (cuts < 0 || pieces.length - 1 <= cuts) return pieces
  if (!isFromRight) return [...pieces.slice(0, cuts), pieces.slice(cuts).join(part)]
  const kept = pieces.length - cuts
  return [pieces.slice(0, kept).join(part), ...pieces.slice(kept)]
}

/** Python's `text.join(items)`. */
function join(run: Run, text: string, items: PyValue): string {
  const parts: string[] = []
  let length = 0
  for (const item of iterate(items, run)) {
    const part = needText(item, `sequence item ${parts.length}: expected str instance, ${typeName(item)} found`)
    length += part.length + text.length
    run.budget.allowText(length)
    run.budget.spend(1)
    parts.push(part)
  }
  return parts.join(text)
}

function justify(run: Run, text: string, width: PyValue, fill: PyValue, share: (room: number) => number): string {
  const character = needText(fill, `The fill character must be a unicode character, not ${typeName(fill)}`)
  if (textLength(character) !== 1) throw new TemplateError('TypeError', 'The fill character must be exactly one character long')
  const room = toIndex(width) - textLength(text)
  if (room <= 0) return text
  run.budget.allowText(room)
  const before = share(room)
  return character.repeat(before) + text + character.repeat(room - before)
}

/** Python's `text.center(width)`: where the room is odd, which side gets more depends on the width. */
export function center(run: Run, text: string, width: PyValue, fill: PyValue = ' '): string {
  const wanted = typeof width === 'number' ? width : 0
  return justify(run, text, width, fill, (room) => Math.floor(room / 2) + (room & wanted & 1))
}

function zeroFill(run: Run, text: string, width: PyValue): string {
  const room = toIndex(width) - textLength(text)
  if (room <= 0) return text
  run.budget.allowText(room)
  const hasSign = text.startsWith('-') || text.startsWith('+')
  return (hasSign ? text.slice(0, 1) : '') + '0'.repeat(room) + text.slice(hasSign ? 1 : 0)
}

function expandTabs(run: Run, text: string, size: PyValue): string {
  const width = toIndex(size)
  let result = ''
  let column = 0
  for (const character of text) {
    if (character === '\t') {
      const room = width > 0 ? width - (column % width) : 0
      run.budget.allowText(result.length + room)
      result += ' '.repeat(room)
      column += room
    } else {
      result += character
      column = character === '\n' || character === '\r' ? 0 : column + 1
    }
  }
  return result
}

function formatMap(run: Run, text: string, mapping: PyValue): string {
  if (!(mapping instanceof Dict)) throw new TemplateError('TypeError', `'${typeName(mapping)}' object is not a mapping`)
  const named = new Map(Array.from(mapping.entries(), ([key, value]) => [str(key, run), value] as const))
  return formatFields(text, { positional: [], named }, run)
}

const without =
  (action: (text: string) => PyValue): StringMethod =>
  (run, text) =>
    action(run.text(text))

const METHODS: readonly (readonly [string, readonly Parameter[], StringMethod])[] = [
  ...searchMethods,
  ['upper', [], without((text) => text.toUpperCase())],
  ['lower', [], without((text) => text.toLowerCase())],
  ['capitalize', [], without(characters.capitalize)],
  ['title', [], without(characters.toTitle)],
  ['swapcase', [], without(characters.swapCase)],
  ['casefold', [], without(characters.foldCase)],
  ['isupper', [], without(characters.isUpper)],
  ['islower', [], without(characters.isLower)],
  ['istitle', [], without(characters.isTitle)],
  ['isalpha', [], without(characters.isAlpha)],
  ['isdecimal', [], without(characters.isDecimal)],
  ['isdigit', [], without(characters.isDigit)],
  ['isnumeric', [], without(characters.isNumeric)],
  ['isalnum', [], without(characters.isAlphanumeric)],
  ['isspace', [], without((text) => text !== '' && toPoints(text).every(characters.isSpace))],
  ['isidentifier', [], without(characters.isIdentifier)],
  ['isprintable', [], without(characters.isPrintable)],
  ['isascii', [], without(characters.isAscii)],
  ['strip', CHARS, (_run, text, chars) => characters.trimEnd(characters.trimStart(text, charsOf(chars, 'strip')), charsOf(chars, 'strip'))],
  ['lstrip', CHARS, (_run, text, chars) => characters.trimStart(text, charsOf(chars, 'lstrip'))],
  ['rstrip', CHARS, (_run, text, chars) => characters.trimEnd(text, charsOf(chars, 'rstrip'))],
  ['split', SPLIT, (run, text, separator, limit) => split(run, text, separator, limit, false)],
  ['rsplit', SPLIT, (run, text, separator, limit) => split(run, text, separator, limit, true)],
  ['splitlines', [['keepends', false]], (run, text, keepsEnds) => characters.splitLines(run.text(text), isTruthy(keepsEnds, run))],
  ['join', ['iterable'], join],
  ['center', WIDTH, center],
  ['ljust', WIDTH, (run, text, width, fill) => justify(run, text, width, fill, () => 0)],
  ['rjust', WIDTH, (run, text, width, fill) => justify(run, text, width, fill, (room) => room)],
  ['zfill', ['width'], zeroFill],
  ['expandtabs', [['tabsize', 8]], expandTabs],
  ['format_map', ['mapping'], formatMap],
]

const strMethods = new Map(METHODS.map(([name, parameters, action]) => [name, { parameters, action }]))

/** A method of strings by its name. */
export function findStrMethod(name: string): ((text: string, args: Arguments, run: Run) => PyValue) | undefined {
  if (name === 'format') return (text, args, run) => formatFields(text, args, run)
  const method = strMethods.get(name)
  return method && ((text, args, run) => method.action(run, text, ...bind(`str.${name}`, method.parameters, args)))
}

/** Methods that MarkupSafe leaves to strings: they tell about the text and make no new one. */
const TELLING = /^(is|find|rfind|index|rindex|count|startswith|endswith)/

/** A method of safe strings: what is put in is escaped, what comes out is safe. */
export function findMarkupMethod(name: string): ((text: string, args: Arguments, run: Run) => PyValue) | undefined {
  if (name === 'striptags' || name === 'unescape') return undefined
  if (name === 'format') return (text, args, run) => new Markup(formatFields(text, args, run, escapeHtml))
  const method = findStrMethod(name)
  if (!method || TELLING.test(name)) return method
  const protect = (value: PyValue): PyValue => (typeof value === 'string' ? escapeHtml(value) : value)
  return (text, args, run) => {
    const positional =
      name === 'join'
        ? args.positional.map((items) => escapeItems(items, run))
        : name.includes('split')
          ? args.positional
          : args.positional.map(protect)
    return toMarkup(method(text, { ...args, positional }, run))
  }
}

const escapeItems = (items: PyValue, run: Run): PyValue =>
  Array.from(iterate(items, run), (item) => {
    run.budget.spend(1)
    return item instanceof Markup ? item : escapeHtml(textOf(item) ?? str(item, run))
  })

function toMarkup(value: PyValue): PyValue {
  if (typeof value === 'string') return new Markup(value)
  if (Array.isArray(value)) return value.map(toMarkup)
  return value instanceof PyObject && value instanceof Tuple ? new Tuple(value.items.map(toMarkup)) : value
}
