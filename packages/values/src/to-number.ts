import { PythonError } from './python-error.ts'
import { float, integer, isFloat, isNumberOrBoolean, type Numeric, toNumber, typeName, type Value } from './value.ts'

const INTEGER = /^[+-]?\d+(?:_\d+)*$/
const DECIMAL = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i
/** Python refuses longer ones, because reading them takes long. */
const MAX_DIGITS = 4300
const tooManyDigits = `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion`
const NOT_FINITE = /^([+-]?)(inf|infinity|nan)$/i

/** Python's `int(value)`: a float loses its fraction; a text must spell an integer. */
export function toInteger(value: Value): number | bigint {
  if (typeof value === 'string') {
    const text = value.trim()
    if (!INTEGER.test(text)) throw new PythonError('ValueError', `invalid literal for int() with base 10: '${value}'`)
    const digits = text.replaceAll('_', '')
    if (digits.replace(/^[+-]/, '').length > MAX_DIGITS) throw new PythonError('ValueError', tooManyDigits)
    return integer(BigInt(digits.startsWith('+') ? digits.slice(1) : digits))
  }
  if (!isNumberOrBoolean(value)) throw new PythonError('TypeError', `int() argument must be a number, not '${typeName(value)}'`)
  if (!isFloat(value)) return typeof value === 'bigint' ? value : Number(value)
  const number = toNumber(value)
  if (Number.isNaN(number)) throw new PythonError('ValueError', 'cannot convert float NaN to integer')
  if (!Number.isFinite(number)) throw new PythonError('OverflowError', 'cannot convert float infinity to integer')
  const whole = Math.trunc(number)
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole)
}

/** Python's `float(value)`: a text must spell a number, `inf` and `nan` among them. */
export function toFloat(value: Value): Numeric {
  if (typeof value === 'string') return float(parseDecimal(value))
  if (isNumberOrBoolean(value)) return float(toNumber(value))
  throw new PythonError('TypeError', `float() argument must be a string or a real number, not '${typeName(value)}'`)
}

function parseDecimal(source: string): number {
  const text = source.trim()
  if (DECIMAL.test(text)) return Number(text.replaceAll('_', ''))
  const [, sign, word] = NOT_FINITE.exec(text) ?? []
  if (word === undefined) throw new PythonError('ValueError', `could not convert string to float: '${source}'`)
  if (word.toLowerCase() === 'nan') return Number.NaN
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}
