import { MAX_DEPTH, PythonError, tooDeep } from './python-error.ts'
import { float, integer, type Value } from './value.ts'

/**
 * Reads JSON as Python's `json.loads` does: 1, 1.0 and 1e3 are told apart, integers are exact at any size, `NaN` and `Infinity` are read,
 * `__proto__` is a key like any other. Throws a PythonError of kind JSONDecodeError with Python's message and position.
 */
export function parseJson(text: string): Value {
  if (!needsCare(text)) {
    try {
      // JSON.parse gives nothing but values; its numbers are exact here, because the text has none that need care.
      return JSON.parse(text) as Value
    } catch {
      // Read again below, for Python's message.
    }
  }
  return new Reader(text).document()
}

/** So many digits may be more than a double holds. */
const MANY_DIGITS = 16

/**
 * Whether the text may hold what JSON.parse would blur: `1.0`, exponents, sixteen digits and more, minus zero, NaN and the infinities,
 * or brackets nested too deep. It does not tell strings apart; in them all this does no harm but costs time.
 */
function needsCare(text: string): boolean {
  let digits = 0
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code >= ZERO && code <= NINE) {
      if (++digits >= MANY_DIGITS) return true
      continue
    }
    if (digits > 0) {
      if (code === LOWER_E || code === UPPER_E || (code === DOT && isZeroFraction(text, index + 1))) return true
      // Digits on both sides of a point are of one number, which with too many of them may be rounded to a whole one.
      if (code === DOT) continue
      digits = 0
    } else if ((code === MINUS && text.charCodeAt(index + 1) === ZERO) || code === UPPER_N || code === UPPER_I) {
      if (code === MINUS || text.startsWith('NaN', index) || text.startsWith('Infinity', index)) return true
    }
    if (code === OPEN_LIST || code === OPEN_DICT) {
      if (++depth > MAX_DEPTH) return true
    } else if (code === CLOSE_LIST || code === CLOSE_DICT) depth--
  }
  return false
}

/** Whether only zeros stand behind a point. */
function isZeroFraction(text: string, from: number): boolean {
  let end = from
  while (text.charCodeAt(end) === ZERO) end++
  const code = text.charCodeAt(end)
  return end > from && !(code >= ZERO && code <= NINE)
}

const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_DICT = 0x7b
const CLOSE_DICT = 0x7d
const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const ZERO = 0x30
const NINE = 0x39
const DOT = 0x2e
const MINUS = 0x2d
const LOWER_E = 0x65
const UPPER_E = 0x45
const UPPER_N = 0x4e
const UPPER_I = 0x49

/** More than any integer here has (`arithmetic.ts`); a longer one would take seconds to read. */
const MAX_DIGITS = 100_000
const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y
const WORDS: readonly (readonly [string, Value])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

class Reader {
  private position = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  document(): Value {
    if (this.text.startsWith('\ufeff')) throw this.fault('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0)
    this.skipSpace()
    const value = this.value(0)
    this.skipSpace()
    if (this.position < this.text.length) throw this.fault('Extra data', this.position)
    return value
  }

  private value(depth: number): Value {
    const code = this.text.charCodeAt(this.position)
    if (code === QUOTE) return this.string()
    if (code !== OPEN_LIST && code !== OPEN_DICT) return this.scalar()
    if (depth >= MAX_DEPTH) throw tooDeep()
    this.position++
    return code === OPEN_LIST ? this.list(depth) : this.dict(depth)
  }

  private scalar(): Value {
    NUMBER.lastIndex = this.position
    const match = NUMBER.exec(this.text)
    if (match) {
      this.position = NUMBER.lastIndex
      if (match[2] !== undefined || match[3] !== undefined) return float(Number(match[0]))
      if (match[0].length > MAX_DIGITS) throw this.fault('Number of too many digits', match.index)
      return match[0].length < 16 ? Number(match[0]) + 0 : integer(BigInt(match[0]))
    }
    const word = WORDS.find(([name]) => this.text.startsWith(name, this.position))
    if (!word) throw this.fault('Expecting value', this.position)
    this.position += word[0].length
    return word[1]
  }

  private list(depth: number): Value {
    const items: Value[] = []
    if (this.skipTo(CLOSE_LIST)) return items
    for (;;) {
      items.push(this.value(depth + 1))
      if (this.skipTo(CLOSE_LIST)) return items
      if (!this.skipTo(COMMA)) throw this.fault("Expecting ',' delimiter", this.position)
      this.skipSpace()
    }
  }

  private dict(depth: number): Value {
    const dict: Record<string, Value> = {}
    if (this.skipTo(CLOSE_DICT)) return dict
    for (;;) {
      if (this.text.charCodeAt(this.position) !== QUOTE)
        throw this.fault('Expecting property name enclosed in double quotes', this.position)
      const key = this.string()
      if (!this.skipTo(COLON)) throw this.fault("Expecting ':' delimiter", this.position)
      this.skipSpace()
      const value = this.value(depth + 1)
      if (key === '__proto__') Object.defineProperty(dict, key, { value, writable: true, enumerable: true, configurable: true })
      else dict[key] = value
      if (this.skipTo(CLOSE_DICT)) return dict
      if (!this.skipTo(COMMA)) throw this.fault("Expecting ',' delimiter", this.position)
      this.skipSpace()
    }
  }

  /** Behind spaces, one character: taken where it is there. */
  private skipTo(code: number): boolean {
    this.skipSpace()
    if (this.text.charCodeAt(this.position) !== code) return false
    this.position++
    return true
  }

  private string(): string {
    const opened = this.position
    let from = ++this.position
    let result = ''
    for (; this.position < this.text.length; this.position++) {
      const code = this.text.charCodeAt(this.position)
      if (code === QUOTE) return result + this.text.slice(from, this.position++)
      if (code < 0x20) throw this.fault('Invalid control character at', this.position)
      if (code !== BACKSLASH) continue
      result += this.text.slice(from, this.position) + this.escaped(opened)
      from = this.position + 1
    }
    throw this.fault('Unterminated string starting at', opened)
  }

  /** What an escape stands for; leaves the position on its last character. */
  private escaped(opened: number): string {
    const letter = this.text.charAt(++this.position)
    if (letter === '') throw this.fault('Unterminated string starting at', opened)
    if (letter !== 'u') {
      const character = ESCAPES[letter]
      if (character === undefined) throw this.fault('Invalid \\escape', this.position - 1)
      return character
    }
    const digits = this.text.slice(this.position + 1, this.position + 5)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.fault('Invalid \\uXXXX escape', this.position)
    this.position += 4
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.position++
    }
  }

  private fault(message: string, at: number): PythonError {
    const before = this.text.slice(0, at)
    const line = before.split('\n').length
    return new PythonError('JSONDecodeError', `${message}: line ${line} column ${at - before.lastIndexOf('\n')} (char ${at})`)
  }
}
