// Floats in decimal digits, rounded half to even from their exact value, as C's printf does. JavaScript's toFixed rounds ties up.

/** More digits than that no float has to show. */
const MAX_PRECISION = 1100

interface Exact {
  /** The absolute value is `mantissa * 2 ** exponent`. */
  readonly mantissa: bigint
  readonly exponent: number
}

function toExact(value: number): Exact {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, Math.abs(value))
  const bits = view.getBigUint64(0)
  const exponent = Number(bits >> 52n)
  const fraction = bits & 0xfffffffffffffn
  return exponent === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | (1n << 52n), exponent: exponent - 1075 }
}

/** `|value| * 10 ** places`, rounded half to even. */
function scaled(value: number, places: number): bigint {
  const { mantissa, exponent } = toExact(value)
  let numerator = mantissa
  let denominator = 1n
  if (places >= 0) numerator *= 10n ** BigInt(places)
  else denominator *= 10n ** BigInt(-places)
  if (exponent >= 0) numerator <<= BigInt(exponent)
  else denominator <<= BigInt(-exponent)
  const whole = numerator / denominator
  const twice = (numerator % denominator) * 2n
  return twice > denominator || (twice === denominator && whole % 2n === 1n) ? whole + 1n : whole
}

/** Digits of the absolute value with so many places: `%.2f`. */
export function fixedDigits(value: number, precision: number): string {
  const places = Math.min(precision, MAX_PRECISION)
  const digits = scaled(value, places)
    .toString()
    .padStart(places + 1, '0')
  const padding = '0'.repeat(precision - places)
  return precision === 0 ? digits : `${digits.slice(0, digits.length - places)}.${digits.slice(digits.length - places)}${padding}`
}

/** The nearest float with so many decimal places, which may be negative: Python's `round(value, places)`. */
export function roundFloat(value: number, places: number): number {
  if (!Number.isFinite(value) || places > 323) return value
  if (places < -308) return value < 0 ? -0 : 0
  const rounded = Number(`${scaled(value, places)}e${-places}`)
  return value < 0 || Object.is(value, -0) ? -rounded : rounded
}

/** `precision + 1` significant digits of the absolute value, and the power of ten of the first. */
function significantDigits(value: number, precision: number): { readonly digits: string; readonly exponent: number } {
  const places = Math.min(precision, MAX_PRECISION)
  const padding = '0'.repeat(precision - places)
  if (value === 0) return { digits: '0'.repeat(places + 1) + padding, exponent: 0 }
  // JavaScript's own exponent may be one too high where it rounds up and we do not, or too low the other way.
  let exponent = Number(value.toExponential(Math.min(places, 100)).split('e')[1])
  let digits = scaled(value, places - exponent).toString()
  if (digits.length > places + 1) {
    exponent++
    digits = scaled(value, places - exponent).toString()
  } else if (digits.length < places + 1) {
    exponent--
    digits = scaled(value, places - exponent).toString()
  }
  return { digits: digits + padding, exponent }
}

/** `1.50e+10`. */
export function exponentDigits(value: number, precision: number): string {
  const { digits, exponent } = significantDigits(value, precision)
  const fraction = precision === 0 ? '' : `.${digits.slice(1)}`
  return `${digits[0]}${fraction}${exponentText(exponent)}`
}

const exponentText = (exponent: number): string => `e${exponent < 0 ? '-' : '+'}${Math.abs(exponent).toString().padStart(2, '0')}`

/** C's `%g`: so many significant digits, no trailing zeros unless `keepsZeros`, an exponent where it is shorter. */
export function generalDigits(value: number, wanted: number, keepsZeros = false): string {
  const precision = Math.max(wanted, 1)
  const { digits, exponent } = significantDigits(value, precision - 1)
  const usesExponent = exponent < -4 || exponent >= precision
  const whole = usesExponent ? digits.slice(0, 1) : exponent < 0 ? '0' : digits.slice(0, exponent + 1)
  const rest = usesExponent ? digits.slice(1) : exponent < 0 ? '0'.repeat(-exponent - 1) + digits : digits.slice(exponent + 1)
  const fraction = keepsZeros ? rest : trimZeros(rest)
  return `${whole}${fraction === '' && !keepsZeros ? '' : `.${fraction}`}${usesExponent ? exponentText(exponent) : ''}`
}

function trimZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}
