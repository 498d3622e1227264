import { type Float, float, isFloat, isInteger, toNumber } from '@trellis/values'
import type { PyValue } from '../objects/py-object.ts'

/** Attributes of numbers that are no methods. */
export function findNumberAttribute(value: PyValue, name: string): PyValue | undefined {
  if (!isNumeric(value)) return undefined
  const isWhole = !isFloat(value)
  if (name === 'real') return typeof value === 'boolean' ? Number(value) : value
  if (name === 'imag') return isWhole ? 0 : float(0)
  if (name === 'numerator' && isWhole) return Number(value)
  return name === 'denominator' && isWhole ? 1 : undefined
}

const isNumeric = (value: PyValue): value is number | bigint | boolean | Float =>
  isInteger(value) || isFloat(value) || typeof value === 'boolean'

export function findNumberMethod(value: PyValue, name: string): (() => PyValue) | undefined {
  if (!isNumeric(value)) return undefined
  if (name === 'conjugate') return () => value
  if (name === 'is_integer' && isFloat(value)) return () => Number.isInteger(toNumber(value))
  if (name === 'bit_length' && !isFloat(value)) return () => BigInt(value).toString(2).replace('-', '').replace(/^0$/, '').length
  return undefined
}
