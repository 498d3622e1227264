import { parseJson } from './parse-json.ts'
import { MAX_DEPTH, PythonError, tooDeep } from './python-error.ts'
import { float, integer, type Value } from './value.ts'

/**
 * Reads text that is meant as JSON and is not quite: what people write by hand, what templates leave behind, what models say. Mended are
 * missing and superfluous commas, quotes, brackets and values, single and curly quotes, quotes and line ends within texts, bare words,
 * comments, Python's words, and text around the JSON. Several documents are a list of them. Undefined where there is nothing to mend.
 * Agrees with the Python package `json_repair` on what these things come to, but for odd cases (`5%` is a text here).
 */
export function repairJson(text: string): Value | undefined {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
  }
  const documents = mend(text)
  return documents.length > 1 ? documents : documents[0]
}

/** What is nested too deep is no document. */
function mend(text: string): readonly Value[] {
  try {
    return new Mender(text).documents()
  } catch (error) {
    if (error instanceof PythonError) return []
    throw error
  }
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '”': '”', '‘': '’', '’': '’' }
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '/': '/', '\\': '\\', '"': '"', "'": "'" }
const WORDS: Readonly<Record<string, Value>> = { true: true, false: false, null: null, none: null }
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const SPACE = /(?:[\s\ufeff]+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|#[^\n]*)*/y
/** What follows the end of a key, of a value of an object, of an item of a list; the end of the text ends all of them. */
const BEHIND_KEY = /\s*(?::|$)/y
const BEHIND_VALUE =
  /\s*(?:}|$|(?:,(?:[,\s]|\/\*[^*]*\*\/|\/\/[^\n]*\n)*|(?=["'“‘]))(?:}|$|["'“‘](?:[^"'“”‘’\\\n]|\\.)*["'”’]\s*:|[\w$-]+\s*:))/y
const BEHIND_ITEM = /\s*(?:[\],}]|$|(?=["'“‘]))/y

type Place = 'key' | 'value' | 'item'

class Mender {
  private position = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  documents(): Value[] {
    const found: Value[] = []
    for (;;) {
      const start = this.text.slice(this.position).search(/[{[]/)
      if (start < 0) return found
      this.position += start
      found.push(this.value('item', 0))
    }
  }

  private value(place: Place, depth: number): Value {
    if (depth > MAX_DEPTH) throw tooDeep()
    const character = this.text[this.position] ?? ''
    if (character === '{') return this.dict(depth)
    if (character === '[') return this.list(depth)
    return Object.hasOwn(CLOSING, character) ? this.quoted(place) : this.bare(place)
  }

  private dict(depth: number): Value {
    const entries: [string, Value][] = []
    this.position++
    for (;;) {
      this.skip(/[,;\s]*/y)
      const character = this.text[this.position]
      if (character === undefined) return Object.fromEntries(entries)
      if (character === '}') return this.closed(Object.fromEntries(entries))
      // A list around ends here: its bracket is not ours to take.
      if (character === ']') return Object.fromEntries(entries)
      const key = Object.hasOwn(CLOSING, character) ? this.quoted('key') : this.word(/[^:,}\]\s"'“”]*/y)
      entries.push([key, this.valueOfKey(depth)])
    }
  }

  private valueOfKey(depth: number): Value {
    const before = this.position
    this.skipSpace()
    if (this.text[this.position] !== ':') {
      // A bare character that is no part of anything must not be met again.
      this.position = Math.max(this.position, before)
      this.skip(/[^,}\]\n]*/y)
      return ''
    }
    this.position++
    this.skipSpace()
    return /^[,}\]]?$/.test(this.text[this.position] ?? '') ? '' : this.value('value', depth + 1)
  }

  private list(depth: number): Value {
    const items: Value[] = []
    this.position++
    for (;;) {
      this.skip(/[,;:\s]*/y)
      const character = this.text[this.position]
      if (character === undefined) return items
      if (character === ']') return this.closed(items)
      if (character === '}') return items
      items.push(this.value('item', depth + 1))
    }
  }

  private closed(value: Value): Value {
    this.position++
    return value
  }

  /** A text in quotes: it ends at the quote behind which that comes what must come, or at the end of everything. */
  private quoted(place: Place): string {
    const closing = CLOSING[this.text[this.position] ?? ''] ?? '"'
    let result = ''
    for (this.position++; this.position < this.text.length; this.position++) {
      const character = this.text[this.position] ?? ''
      if (character === '\\') result += this.escaped()
      else if (character === closing && this.isEnd(place)) {
        this.position++
        return result
      } else result += character
    }
    return withoutEnd(result)
  }

  private isEnd(place: Place): boolean {
    const behind = place === 'key' ? BEHIND_KEY : place === 'value' ? BEHIND_VALUE : BEHIND_ITEM
    behind.lastIndex = this.position + 1
    return behind.test(this.text)
  }

  /** Leaves the position on the last character of the escape; one that JSON does not know stays as it is written. */
  private escaped(): string {
    const letter = this.text[this.position + 1] ?? ''
    const digits = this.text.slice(this.position + 2, this.position + 6)
    if (letter === 'u' && /^[\da-f]{4}$/i.test(digits)) {
      this.position += 5
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    if (!Object.hasOwn(ESCAPES, letter)) return '\\'
    this.position++
    return ESCAPES[letter] ?? ''
  }

  private bare(place: Place): Value {
    const text = this.word(place === 'item' ? /[^,\]}\s][^,\]}\n\s]*/y : /[^,}\]\n]*/y).trim()
    const [first = ''] = text.split(/\s/)
    if (place === 'value' && first !== text && /["'“]/.test(text)) return this.shortened(text, first)
    return toScalar(text)
  }

  /** `1 "b": 2`: a comma is missing behind the first word. */
  private shortened(text: string, first: string): Value {
    this.position -= text.length - first.length
    return toScalar(first)
  }

  private word(pattern: RegExp): string {
    const from = this.position
    this.skip(pattern)
    if (this.position === from) this.position++
    return this.text.slice(from, this.position)
  }

  private skip(pattern: RegExp): void {
    this.skipSpace()
    pattern.lastIndex = this.position
    if (pattern.test(this.text)) this.position = pattern.lastIndex
    this.skipSpace()
  }

  private skipSpace(): void {
    SPACE.lastIndex = this.position
    if (SPACE.test(this.text)) this.position = SPACE.lastIndex
  }
}

const END = /[\s}\]]/

/** A text that is not closed ends before the brackets that closed what it stands in. From behind: a pattern would try every row of them. */
function withoutEnd(text: string): string {
  let end = text.length
  while (end > 0 && END.test(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

function toScalar(text: string): Value {
  const word = text.toLowerCase()
  if (Object.hasOwn(WORDS, word)) return WORDS[word] ?? null
  if (text === 'NaN') return Number.NaN
  if (!NUMBER.test(text)) return text
  return /[.eE]/.test(text) ? float(Number(text)) : integer(BigInt(text.replace('+', '')))
}
