import { PythonError } from './python-error.ts'
import { float, integer, isFloat, type Numeric, toNumber } from './value.ts'

/** What Python takes for a number in arithmetic: True is 1. */
export type Operand = Numeric | boolean

/** Integers may grow to this many bits; Python has no bound but memory, and one line of a document could ask for more than there is. */
const MAX_BITS = 65_536

/** Python's `left + right`. */
export function add(left: Operand, right: Operand): Numeric {
  if (isFloat(left) || isFloat(right)) return float(asFloat(left) + asFloat(right))
  const one = asInteger(left)
  const other = asInteger(right)
  if (typeof one === 'number' && typeof other === 'number' && Number.isSafeInteger(one + other)) return one + other
  return bounded(BigInt(one) + BigInt(other))
}

/** Python's `left - right`. */
export const subtract = (left: Operand, right: Operand): Numeric => add(left, negate(right))

/** Python's `left * right`. */
export function multiply(left: Operand, right: Operand): Numeric {
  if (isFloat(left) || isFloat(right)) return float(asFloat(left) * asFloat(right))
  const one = asInteger(left)
  const other = asInteger(right)
  if (typeof one === 'number' && typeof other === 'number' && Number.isSafeInteger(one * other)) return one * other + 0
  return bounded(BigInt(one) * BigInt(other))
}

/** Python's `left / right`: always a float, rounded once. */
export function divide(left: Operand, right: Operand): Numeric {
  if (isFloat(left) || isFloat(right)) {
    if (toNumber(right) === 0) throw new PythonError('ZeroDivisionError', 'float division by zero')
    return float(asFloat(left) / asFloat(right))
  }
  const one = asInteger(left)
  const other = asInteger(right)
  if (other === 0) throw new PythonError('ZeroDivisionError', 'division by zero')
  return float(typeof one === 'number' && typeof other === 'number' ? one / other : quotient(BigInt(one), BigInt(other)))
}

/** The nearest float to a quotient of integers that are themselves no floats: enough bits for one rounding, the rest in a sticky bit. */
function quotient(left: bigint, right: bigint): number {
  const isNegative = left < 0n !== right < 0n
  const one = left < 0n ? -left : left
  const other = right < 0n ? -right : right
  const shift = BigInt(Math.max(0, 66 - (bits(one) - bits(other))))
  const scaled = one << shift
  const whole = scaled / other
  const sticky = scaled % other === 0n ? 0n : 1n
  const size = Number((whole << 1n) | sticky) / 2 ** Number(shift + 1n)
  if (!Number.isFinite(size)) throw new PythonError('OverflowError', 'integer division result too large for a float')
  return isNegative ? -size : size
}

/** Python's `left // right`, rounded down. */
export function floorDivide(left: Operand, right: Operand): Numeric {
  if (isFloat(left) || isFloat(right)) return float(divideFloats(asFloat(left), asFloat(right), 'float floor division by zero')[0])
  const one = asInteger(left)
  const other = asInteger(right)
  if (other === 0) throw new PythonError('ZeroDivisionError', 'integer division or modulo by zero')
  if (typeof one === 'number' && typeof other === 'number') return (one - pythonRemainder(one, other)) / other + 0
  const [dividend, divisor] = [BigInt(one), BigInt(other)]
  return integer((dividend - bigRemainder(dividend, divisor)) / divisor)
}

/** Python's `left % right`, with the sign of `right`. */
export function modulo(left: Operand, right: Operand): Numeric {
  if (isFloat(left) || isFloat(right)) return float(divideFloats(asFloat(left), asFloat(right), 'float modulo')[1])
  const one = asInteger(left)
  const other = asInteger(right)
  if (other === 0) throw new PythonError('ZeroDivisionError', 'integer modulo by zero')
  if (typeof one === 'number' && typeof other === 'number') return pythonRemainder(one, other) + 0
  return integer(bigRemainder(BigInt(one), BigInt(other)))
}

function pythonRemainder(left: number, right: number): number {
  const rest = left % right
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest
}

function bigRemainder(left: bigint, right: bigint): bigint {
  const rest = left % right
  return rest !== 0n && rest < 0n !== right < 0n ? rest + right : rest
}

/** Quotient and remainder as CPython's float_divmod makes them. */
function divideFloats(left: number, right: number, complaint: string): [number, number] {
  if (right === 0) throw new PythonError('ZeroDivisionError', complaint)
  let rest = left % right
  let div = (left - rest) / right
  if (rest === 0) rest = right < 0 ? -0 : 0
  else if (rest < 0 !== right < 0) {
    rest += right
    div -= 1
  }
  if (div === 0) return [left / right < 0 ? -0 : 0, rest]
  const floor = Math.floor(div)
  return [div - floor > 0.5 ? floor + 1 : floor, rest]
}

/** Python's `left ** right`. A negative number to a fractional power, which in Python is complex, is refused. */
export function power(left: Operand, right: Operand): Numeric {
  if (isFloat(left) || isFloat(right)) return floatPower(asFloat(left), asFloat(right))
  const base = asInteger(left)
  const exponent = asInteger(right)
  if (exponent >= 0) return integerPower(BigInt(base), BigInt(exponent))
  if (base === 0) throw new PythonError('ZeroDivisionError', '0.0 cannot be raised to a negative power')
  const size = BigInt(base) < 0n ? -BigInt(base) : BigInt(base)
  const isTiny = size > 1n && BigInt(-exponent) * BigInt(bits(size) - 1) > 1100n
  return isTiny ? float(0) : divide(1, integerPower(BigInt(base), -BigInt(exponent)))
}

function integerPower(base: bigint, exponent: bigint): number | bigint {
  const size = base < 0n ? -base : base
  if (size > 1n && exponent * BigInt(bits(size) - 1) > BigInt(MAX_BITS)) throw tooLarge()
  return bounded(size > 1n ? base ** exponent : base ** (exponent % 2n === 0n ? (exponent === 0n ? 0n : 2n) : 1n))
}

function floatPower(base: number, exponent: number): Numeric {
  if (base === 0 && exponent < 0) throw new PythonError('ZeroDivisionError', '0.0 cannot be raised to a negative power')
  if (base === 1 || exponent === 0) return float(1)
  if (base < 0 && Number.isFinite(base) && Number.isFinite(exponent) && !Number.isInteger(exponent))
    throw new PythonError('ValueError', 'a negative number cannot be raised to a fractional power')
  const result = Math.abs(base) === 1 && !Number.isFinite(exponent) && !Number.isNaN(exponent) ? 1 : base ** exponent
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent))
    throw new PythonError('OverflowError', "(34, 'Numerical result out of range')")
  return float(result)
}

/** Python's `-value`. */
export function negate(value: Operand): Numeric {
  if (isFloat(value)) return float(-toNumber(value))
  const whole = asInteger(value)
  return typeof whole === 'number' ? 0 - whole : integer(-whole)
}

function asInteger(value: Operand): number | bigint {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : BigInt(value)
  return typeof value === 'bigint' ? value : Number(value)
}

/** The float of an operand. Throws an OverflowError where an integer is beyond every float. */
export function asFloat(value: Operand): number {
  const number = toNumber(value)
  if (typeof value === 'bigint' && !Number.isFinite(number)) throw new PythonError('OverflowError', 'int too large to convert to float')
  return number
}

function bits(value: bigint): number {
  const digits = value.toString(16)
  return digits.length * 4 - (Math.clz32(Number.parseInt(digits.charAt(0), 16)) - 28)
}

function bounded(value: bigint): number | bigint {
  const result = integer(value)
  if (typeof result === 'bigint' && (value > LARGEST || value < -LARGEST)) throw tooLarge()
  return result
}

const LARGEST = 1n << BigInt(MAX_BITS)

const tooLarge = (): PythonError => new PythonError('OverflowError', `integers of more than ${MAX_BITS} bits are not supported`)
