import { asFloat, isFloat, reprFloat, toNumber } from '@trellis/values'
import { textBetween, textLength } from '../objects/code-points.ts'
import type { PyValue } from '../objects/py-object.ts'
import { bigText } from '../objects/text.ts'
import { isIntegral, textOf, typeName } from '../objects/types.ts'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { exponentDigits, fixedDigits, generalDigits } from './digits.ts'

interface Spec {
  readonly fill: string
  readonly align: string
  readonly sign: string
  readonly isAlternate: boolean
  /** Whether a float that shows as zero shows no sign. */
  readonly hidesNegativeZero: boolean
  readonly width: number
  readonly grouping: string
  readonly precision: number | undefined
  readonly type: string
}

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([\s\S])?$/u
const MAX_DIGITS = 9

function parseSpec(text: string, typeOfValue: string): Spec {
  const match = SPEC.exec(text)
  if (!match) throw invalid('Invalid format specifier')
  const [, fill, align, sign, plainZero, alternate, zero, width, grouping, precision, type] = match
  for (const digits of [width, precision]) if ((digits ?? '').length > MAX_DIGITS) throw invalid('Too many decimal digits in format string')
  return {
    fill: fill ?? (zero && !align ? '0' : zero && align ? (fill ?? '0') : ' '),
    align: align ?? (zero && typeOfValue !== 'str' ? '=' : ''),
    sign: sign ?? '',
    isAlternate: alternate !== undefined,
    hidesNegativeZero: plainZero !== undefined,
    width: Number(width ?? 0),
    grouping: grouping ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? '',
  }
}

const invalid = (message: string): TemplateError => new TemplateError('ValueError', message)

const unknownCode = (code: string, type: string): TemplateError => invalid(`Unknown format code '${code}' for object of type '${type}'`)

/** Python's `format(value, spec)` of texts, integers and floats; other values take no specification. */
export function formatValue(value: PyValue, text: string, run: Run, str: (value: PyValue) => string): string {
  if (text === '') return str(value)
  const string = textOf(value)
  if (string !== undefined) return formatString(string, parseSpec(text, 'str'), run)
  if (isIntegral(value)) return formatInteger(value, parseSpec(text, 'int'), run)
  if (isFloat(value)) return formatFloat(toNumber(value), parseSpec(text, 'float'), run)
  const type = typeName(value)
  throw new TemplateError('TypeError', `unsupported format string passed to ${type}.__format__`)
}

function formatString(value: string, spec: Spec, run: Run): string {
  if (spec.type !== '' && spec.type !== 's') throw unknownCode(spec.type, 'str')
  if (spec.sign) throw invalid(`${spec.sign === ' ' ? 'Space' : 'Sign'} not allowed in string format specifier`)
  if (spec.hidesNegativeZero) throw invalid('Negative zero coercion (z) not allowed in format specifier')
  if (spec.isAlternate) throw invalid('Alternate form (#) not allowed in string format specifier')
  if (spec.align === '=') throw invalid("'=' alignment not allowed in string format specifier")
  if (spec.grouping) throw invalid(`Cannot specify '${spec.grouping}' with 's'.`)
  const text = spec.precision === undefined ? value : textBetween(value, 0, spec.precision)
  return pad('', text, spec, '<', run)
}

const BASES: Readonly<Record<string, readonly [number, string]>> = { b: [2, '0b'], o: [8, '0o'], x: [16, '0x'], X: [16, '0X'] }

function formatInteger(value: number | bigint | boolean, spec: Spec, run: Run): string {
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') return formatFloat(asFloat(value), spec, run)
  if (spec.hidesNegativeZero) throw invalid('Negative zero coercion (z) not allowed in integer format specifier')
  if (spec.precision !== undefined) throw invalid('Precision not allowed in integer format specifier')
  const number = BigInt(value)
  if (spec.type === 'c') return formatCharacter(number, spec, run)
  const base = BASES[spec.type]
  if (!base && spec.type !== '' && spec.type !== 'd' && spec.type !== 'n') throw unknownCode(spec.type, 'int')
  if (base && spec.grouping === ',') throw invalid(`Cannot specify ',' with '${spec.type}'.`)
  const size = number < 0n ? -number : number
  const digits = base ? size.toString(base[0]) : bigText(size)
  const prefix = signText(number < 0n, spec) + (base && spec.isAlternate ? base[1] : '')
  return padNumber(prefix, spec.type === 'X' ? digits.toUpperCase() : digits, '', spec, base ? 4 : 3, run)
}

function formatCharacter(code: bigint, spec: Spec, run: Run): string {
  if (spec.sign) throw invalid("Sign not allowed with integer format specifier 'c'")
  if (code < 0n || code > 0x10ffffn) throw new TemplateError('OverflowError', '%c arg not in range(0x110000)')
  return pad('', String.fromCodePoint(Number(code)), spec, '>', run)
}

function formatFloat(value: number, spec: Spec, run: Run): string {
  const { type } = spec
  if (!'eEfFgG%n'.includes(type)) throw unknownCode(type, 'float')
  run.budget.allowText(spec.precision ?? 0)
  const number = type === '%' ? value * 100 : value
  const isNegative = number < 0 || Object.is(number, -0)
  if (!Number.isFinite(number)) {
    const prefix = signText(isNegative, spec)
    const word = `${Number.isNaN(number) ? 'nan' : 'inf'}${type === '%' ? '%' : ''}`
    return padNumber(prefix, 'EFG'.includes(type) && type ? word.toUpperCase() : word, '', { ...spec, grouping: '' }, 3, run)
  }
  const text = floatDigits(Math.abs(number), type, spec.precision, spec.isAlternate)
  const prefix = signText(isNegative && !(spec.hidesNegativeZero && /^[0.]+(e|%|$)/.test(text)), spec)
  const [, whole = text, rest = ''] = /^(\d+)(.*)$/s.exec(text) ?? []
  return padNumber(prefix, whole, 'EFG'.includes(type) && type ? rest.toUpperCase() : rest, spec, 3, run)
}

/** The digits of a float that is finite and not negative, by a format code. */
export function floatDigits(value: number, type: string, precision: number | undefined, isAlternate: boolean): string {
  const wanted = precision ?? 6
  switch (type.toLowerCase()) {
    case 'f':
      return fixedDigits(value, wanted) + (isAlternate && wanted === 0 ? '.' : '')
    case '%':
      return `${fixedDigits(value, wanted)}${isAlternate && wanted === 0 ? '.' : ''}%`
    case 'e':
      return exponentDigits(value, wanted)
    case 'g':
    case 'n':
      return generalDigits(value, wanted, isAlternate)
    default:
      return precision === undefined ? reprFloat(value) : withPoint(generalDigits(value, precision), value, precision)
  }
}

/** Without a code a float shows that it is one: at least one place, and an exponent one digit earlier. */
function withPoint(text: string, value: number, precision: number): string {
  if (text.includes('e') || text.includes('.')) return text
  return value >= 10 ** (Math.max(precision, 1) - 1) && value >= 1 ? withExponent(value, precision) : `${text}.0`
}

function withExponent(value: number, precision: number): string {
  const [mantissa = '', exponent = ''] = exponentDigits(value, Math.max(precision, 1) - 1).split('e')
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  return `${short}e${exponent}`
}

function signText(isNegative: boolean, spec: Spec): string {
  if (isNegative) return '-'
  return spec.sign === '+' || spec.sign === ' ' ? spec.sign : ''
}

function padNumber(prefix: string, whole: string, rest: string, spec: Spec, groupSize: number, run: Run): string {
  if (!spec.grouping) return pad(prefix, whole + rest, spec, '>', run)
  // Zeros that fill the width are grouped with the digits.
  run.budget.allowText(spec.width)
  const fillsWithZeros = spec.fill === '0' && spec.align === '='
  const room = fillsWithZeros ? spec.width - prefix.length - rest.length : 0
  let count = room - Math.floor(room / (groupSize + 1))
  while (count + Math.floor((count - 1) / groupSize) < room) count++
  return pad(prefix, group(whole.padStart(count, '0'), spec.grouping, groupSize) + rest, spec, '>', run)
}

function group(digits: string, separator: string, size: number): string {
  const parts: string[] = []
  for (let end = digits.length; end > 0; end -= size) parts.push(digits.slice(Math.max(0, end - size), end))
  return parts.reverse().join(separator)
}

function pad(prefix: string, text: string, spec: Spec, defaultAlign: string, run: Run): string {
  const room = spec.width - textLength(prefix) - textLength(text)
  if (room <= 0) return prefix + text
  run.budget.allowText(spec.width)
  const align = spec.align || defaultAlign
  if (align === '<') return prefix + text + spec.fill.repeat(room)
  if (align === '=') return prefix + spec.fill.repeat(room) + text
  const before = align === '^' ? Math.floor(room / 2) : room
  return spec.fill.repeat(before) + prefix + text + spec.fill.repeat(room - before)
}
