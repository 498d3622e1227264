import { asFloat, divide, float, integer, isFloat, multiply, negate, type Operand, power, toNumber } from '@trellis/values'
import { fixedDigits, roundFloat } from '../format/digits.ts'
import type { PyValue } from '../objects/py-object.ts'
import { define } from '../objects/signature.ts'
import { isIntegral, isNumberOrBoolean, isTruthy, textOf, toIndex, typeName } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Builtin, Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'

function abs(_run: Run, value: PyValue): PyValue {
  if (value instanceof Undefined) throw typeFault("bad operand type for abs(): 'Undefined'")
  if (!isNumberOrBoolean(value)) throw typeFault(`bad operand type for abs(): '${typeName(value)}'`)
  return toNumber(value) < 0 || Object.is(toNumber(value), -0) ? negate(value) : typeof value === 'boolean' ? Number(value) : value
}

const typeFault = (message: string): TemplateError => new TemplateError('TypeError', message)

const DIGITS = /^[-+]?[0-9a-z]+(?:_[0-9a-z]+)*$/i
const PREFIXES: Readonly<Record<number, RegExp>> = { 2: /^0b_?/i, 8: /^0o_?/i, 16: /^0x_?/i }
/** Python refuses longer ones, because reading them takes long. */
const MAX_DIGITS = 4300

/** Python's `int(text, base)`; undefined where the text is no integer. */
function parseInteger(text: string, base: number): number | bigint | undefined {
  if (base !== 0 && (base < 2 || base > 36)) return undefined
  const trimmed = text.trim()
  if (!DIGITS.test(trimmed)) return undefined
  const isNegative = trimmed.startsWith('-')
  const unsigned = trimmed.replace(/^[-+]/, '')
  const chosen = base === 0 ? baseOf(unsigned) : base
  const digits = unsigned.replace(PREFIXES[chosen] ?? /^$/, '').replaceAll('_', '')
  if (digits === '' || digits.length > MAX_DIGITS || (base === 0 && chosen === 10 && /^0+[1-9]/.test(digits))) return undefined
  let value = 0n
  for (const digit of digits) {
    const worth = Number.parseInt(digit, 36)
    if (worth >= chosen) return undefined
    value = value * BigInt(chosen) + BigInt(worth)
  }
  return integer(isNegative ? -value : value)
}

const baseOf = (digits: string): number => (/^0x/i.test(digits) ? 16 : /^0o/i.test(digits) ? 8 : /^0b/i.test(digits) ? 2 : 10)

const FLOAT = /^[-+]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?$/i
const WORD = /^[-+]?(inf|infinity|nan)$/i

/** Python's `float(text)`; undefined where the text is none. */
function parseFloatText(text: string): number | undefined {
  const trimmed = text.trim()
  if (FLOAT.test(trimmed)) return Number(trimmed.replaceAll('_', ''))
  const word = WORD.exec(trimmed)?.[1]?.toLowerCase()
  if (word === undefined) return undefined
  if (word === 'nan') return Number.NaN
  return trimmed.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

function truncate(value: number): PyValue {
  if (!Number.isFinite(value)) throw new TemplateError('OverflowError', 'cannot convert float infinity to integer')
  return Number.isSafeInteger(Math.trunc(value)) ? Math.trunc(value) + 0 : BigInt(Math.trunc(value))
}

function toInt(_run: Run, value: PyValue, fallback: PyValue, base: PyValue): PyValue {
  if (value instanceof Undefined) return value.fail()
  const text = textOf(value)
  if (text === undefined) {
    if (isIntegral(value)) return typeof value === 'boolean' ? Number(value) : value
    return isFloat(value) && !Number.isNaN(toNumber(value)) ? truncate(toNumber(value)) : fallback
  }
  // What is wrong with the base makes the text no integer, no error.
  const whole = isIntegral(base) ? parseInteger(text, Number(base)) : undefined
  if (whole !== undefined) return whole
  const fraction = parseFloatText(text)
  return fraction === undefined || Number.isNaN(fraction) ? fallback : truncate(fraction)
}

function toFloat(_run: Run, value: PyValue, fallback: PyValue): PyValue {
  if (value instanceof Undefined) return value.fail()
  if (isNumberOrBoolean(value)) return float(asFloat(value))
  const text = textOf(value)
  const number = text === undefined ? undefined : parseFloatText(text)
  return number === undefined ? fallback : float(number)
}

function round(run: Run, value: PyValue, precision: PyValue, method: PyValue): PyValue {
  if (method !== 'common' && method !== 'ceil' && method !== 'floor')
    throw new TemplateError('FilterArgumentError', 'method must be common, ceil or floor')
  if (method === 'common') return roundCommon(value, precision)
  if (!isNumberOrBoolean(value)) throw typeFault(value instanceof Undefined ? value.fail() : `must be real number, not ${typeName(value)}`)
  const factor = power(10, isNumberOrBoolean(precision) ? precision : 0)
  const scaled = multiply(value, factor)
  const whole: Operand = isFloat(scaled) ? BigInt(Math[method](finite(toNumber(scaled)))) : scaled
  run.budget.spend(1)
  return divide(whole, factor)
}

function finite(value: number): number {
  if (Number.isNaN(value)) throw new TemplateError('ValueError', 'cannot convert float NaN to integer')
  if (!Number.isFinite(value)) throw new TemplateError('OverflowError', 'cannot convert float infinity to integer')
  return value
}

function roundCommon(value: PyValue, precision: PyValue): PyValue {
  if (!isNumberOrBoolean(value)) throw typeFault(`type ${typeName(value)} doesn't define __round__ method`)
  if (isIntegral(value)) return roundInteger(BigInt(value), precision === null ? 0 : toIndex(precision))
  const number = toNumber(value)
  return precision === null ? truncate(finite(roundFloat(number, 0))) : float(roundFloat(number, toIndex(precision)))
}

function roundInteger(whole: bigint, places: number): PyValue {
  if (places >= 0) return integer(whole)
  if (places < -400) return 0
  const unit = 10n ** BigInt(-places)
  const size = whole < 0n ? -whole : whole
  const down = (size / unit) * unit
  const twice = (size - down) * 2n
  const rounded = twice > unit || (twice === unit && (down / unit) % 2n === 1n) ? down + unit : down
  return integer(whole < 0n ? -rounded : rounded)
}

function fileSize(run: Run, value: PyValue, isBinary: PyValue): PyValue {
  const text = textOf(value)
  const parsed = text === undefined ? toFloatOrFail(value) : parseFloatText(text)
  if (parsed === undefined) throw new TemplateError('ValueError', `could not convert string to float: '${text}'`)
  const binary = isTruthy(isBinary, run)
  const base = binary ? 1024 : 1000
  if (parsed === 1) return '1 Byte'
  if (parsed < base) return `${finite(Math.trunc(parsed)) + 0} Bytes`
  const units = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']
  const index = units.findIndex((_, power) => parsed < base ** (power + 2))
  const chosen = index < 0 ? units.length - 1 : index
  const letter = binary && chosen === 0 ? 'K' : units[chosen]
  const size = (base * parsed) / base ** (chosen + 2)
  const shown = Number.isFinite(size) ? fixedDigits(size, 1) : Number.isNaN(size) ? 'nan' : 'inf'
  return `${shown} ${letter}${binary ? 'iB' : 'B'}`
}

function toFloatOrFail(value: PyValue): number {
  if (isNumberOrBoolean(value)) return asFloat(value)
  if (value instanceof Undefined) return value.fail()
  throw typeFault(`float() argument must be a string or a real number, not '${typeName(value)}'`)
}

export const numberFilters: readonly (readonly [string, Builtin])[] = [
  ['abs', define('abs', ['x'], abs)],
  ['int', define('do_int', ['value', ['default', 0], ['base', 10]], toInt)],
  ['float', define('do_float', ['value', ['default', float(0)]], toFloat)],
  ['round', define('do_round', ['value', ['precision', 0], ['method', 'common']], round)],
  ['filesizeformat', define('do_filesizeformat', ['value', ['binary', false]], fileSize)],
]
