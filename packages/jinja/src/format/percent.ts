import { asFloat, isFloat, isNumberOrBoolean, reprString, toNumber } from '@trellis/values'
import { textBetween, textLength } from '../objects/code-points.ts'
import { Dict } from '../objects/dict.ts'
import { Markup } from '../objects/markup.ts'
import { PyObject, type PyValue } from '../objects/py-object.ts'
import { Tuple } from '../objects/sequences.ts'
import { bigText, repr, str } from '../objects/text.ts'
import { isIntegral, textOf, typeName } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { floatDigits } from './spec.ts'

const fail = (kind: 'TypeError' | 'ValueError' | 'OverflowError' | 'KeyError', message: string): never => {
  throw new TemplateError(kind, message)
}

/** Where the values of the conversions come from: a tuple's items in turn, one value, or a dict's keys. */
class Source {
  private readonly items: readonly PyValue[]
  private readonly whole: PyValue
  private next = 0

  constructor(value: PyValue) {
    this.whole = value
    this.items = value instanceof Tuple ? value.items : [value]
  }

  take(): PyValue {
    if (this.next >= this.items.length) fail('TypeError', 'not enough arguments for format string')
    return this.items[this.next++] ?? null
  }

  takeKey(key: string): PyValue {
    const { whole } = this
    if (whole instanceof Undefined) whole.fail()
    if (!(whole instanceof Dict)) return fail('TypeError', 'format requires a mapping')
    this.next = this.items.length
    const value = whole.get(key)
    return value === undefined ? fail('KeyError', reprString(key)) : value
  }

  finish(): void {
    const takesKeys = this.whole instanceof Dict || Array.isArray(this.whole) || (this.whole instanceof PyObject && !isSingle(this.whole))
    if (this.next < this.items.length && !takesKeys) fail('TypeError', 'not all arguments converted during string formatting')
  }
}

/** What Python does not take for a mapping, though it may be subscripted. */
const isSingle = (value: PyObject): boolean => value instanceof Tuple || value instanceof Markup

const CONVERSION = /%(?:\(([^()]*)\))?([-+ #0]*)(\*|\d+)?(?:(\.)(\*|\d+)?)?[hlL]?([\s\S])?/gu

/** Python's `text % value`. `protect` is given where the text is safe and what is put in must become so. */
export function formatPercent(text: string, value: PyValue, run: Run, protect?: (text: string) => string): string {
  const source = new Source(value)
  let result = ''
  let from = 0
  const pattern = new RegExp(CONVERSION)
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const part = text.slice(from, match.index) + convert(match, source, run, protect)
    result += part
    from = pattern.lastIndex
    run.budget.growText(result.length, part.length)
  }
  source.finish()
  return run.text(result + text.slice(from))
}

interface Conversion {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly type: string
}

function convert(match: RegExpExecArray, source: Source, run: Run, protect: ((text: string) => string) | undefined): string {
  const [, key, flags = '', width, dot, precision, type] = match
  if (type === undefined) return fail('ValueError', 'incomplete format')
  if (type === '%' && key === undefined) return '%'
  const fromMapping = key === undefined ? undefined : source.takeKey(key)
  const size = readSize(width, source)
  const places = dot === undefined ? undefined : Math.max(0, readSize(precision, source))
  const value = fromMapping === undefined ? source.take() : fromMapping
  run.budget.allowText(Math.abs(size) + (places ?? 0))
  const conversion = { flags: size < 0 ? `${flags}-` : flags, width: Math.abs(size), precision: places, type }
  return convertValue(conversion, value, match.index, run, protect)
}

function readSize(text: string | undefined, source: Source): number {
  if (text === undefined) return 0
  const value = text === '*' ? source.take() : Number(text)
  if (!isIntegral(value)) return fail('TypeError', '* wants int')
  const size = Number(value)
  return Math.abs(size) > 2_147_483_647 ? fail('OverflowError', 'Python int too large to convert to C int') : size
}

function convertValue(
  conversion: Conversion,
  value: PyValue,
  at: number,
  run: Run,
  protect: ((text: string) => string) | undefined,
): string {
  const { type } = conversion
  const safe = (text: string): string => (protect && !(value instanceof Markup) ? protect(text) : text)
  if (type === 's') return padText(safe(str(value, run)), conversion)
  if (type === 'r') return padText(safe(repr(value, run)), conversion)
  if (type === 'a') return padText(toAscii(repr(value, run)), conversion)
  if (type === 'c') return padText(toCharacter(value), conversion)
  if ('diu'.includes(type)) return padDigits(toInteger(value, type, true), conversion, 10, '')
  if (type === 'x' || type === 'X' || type === 'o') return radix(value, conversion)
  if ('eEfFgG'.includes(type)) return padFloat(toFloat(value), conversion)
  const code = type.codePointAt(0) ?? 0
  return fail(
    'ValueError',
    `unsupported format character ${reprString(type)} (0x${code.toString(16)}) at index ${at + conversionLength(conversion)}`,
  )
}

/** Jinja templates rarely fail here; the index is the place of the character behind the sign. */
const conversionLength = ({ flags, width, precision }: Conversion): number =>
  1 + flags.length + (width ? String(width).length : 0) + (precision === undefined ? 0 : 1 + (precision ? String(precision).length : 0))

const toAscii = (text: string): string =>
  text.replace(/[^\p{ASCII}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x100) return `\\x${code.toString(16)}`
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
  })

function toCharacter(value: PyValue): string {
  const text = textOf(value)
  if (text !== undefined && textLength(text) === 1) return text
  if (!isIntegral(value)) return fail('TypeError', '%c requires int or char')
  const code = Number(value)
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : fail('OverflowError', '%c arg not in range(0x110000)')
}

function toInteger(value: PyValue, type: string, takesFloats: boolean): bigint {
  if (isIntegral(value)) return BigInt(value)
  if (value instanceof Undefined && takesFloats) return value.fail()
  if (!isFloat(value) || !takesFloats)
    return fail('TypeError', `%${type} format: ${takesFloats ? 'a real number' : 'an integer'} is required, not ${typeName(value)}`)
  const number = toNumber(value)
  if (Number.isNaN(number)) return fail('ValueError', 'cannot convert float NaN to integer')
  return Number.isFinite(number) ? BigInt(Math.trunc(number)) : fail('OverflowError', 'cannot convert float infinity to integer')
}

function toFloat(value: PyValue): number {
  if (isNumberOrBoolean(value)) return asFloat(value)
  if (value instanceof Undefined) return value.fail()
  return fail('TypeError', `must be real number, not ${typeName(value)}`)
}

function radix(value: PyValue, conversion: Conversion): string {
  const base = conversion.type === 'o' ? 8 : 16
  return padDigits(toInteger(value, conversion.type, false), conversion, base, conversion.flags.includes('#') ? `0${conversion.type}` : '')
}

function padDigits(value: bigint, conversion: Conversion, base: number, prefix: string): string {
  const size = value < 0n ? -value : value
  const digits = (base === 10 ? bigText(size) : size.toString(base)).padStart(conversion.precision ?? 0, '0')
  return padNumber(value < 0n, prefix, conversion.type === 'X' ? digits.toUpperCase() : digits, conversion)
}

function padFloat(value: number, conversion: Conversion): string {
  const { type, flags } = conversion
  const word = Number.isNaN(value) ? 'nan' : 'inf'
  const digits = Number.isFinite(value) ? floatDigits(Math.abs(value), type, conversion.precision, flags.includes('#')) : word
  const text = 'EFG'.includes(type) ? digits.toUpperCase() : digits
  return padNumber(value < 0 || Object.is(value, -0), '', text, conversion)
}

function padNumber(isNegative: boolean, prefix: string, digits: string, { flags, width }: Conversion): string {
  const sign = isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const room = width - sign.length - prefix.length - digits.length
  if (room <= 0) return sign + prefix + digits
  if (flags.includes('-')) return sign + prefix + digits + ' '.repeat(room)
  if (flags.includes('0')) return sign + prefix + '0'.repeat(room) + digits
  return ' '.repeat(room) + sign + prefix + digits
}

function padText(text: string, { flags, width, precision }: Conversion): string {
  const shown = precision === undefined ? text : textBetween(text, 0, Math.min(precision, textLength(text)))
  const room = ' '.repeat(Math.max(0, width - textLength(shown)))
  return flags.includes('-') ? shown + room : room + shown
}
