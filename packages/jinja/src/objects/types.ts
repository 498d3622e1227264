import { Float, isInteger, isNumberOrBoolean } from '@trellis/values'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { textLength, toPoints } from './code-points.ts'
import { Markup } from './markup.ts'
import { PyObject, type PyValue } from './py-object.ts'

/** Python's name of the value's type. */
export function typeName(value: PyValue): string {
  if (value instanceof PyObject) return value.typeName
  if (value === null) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'str'
  if (Array.isArray(value)) return 'list'
  return isInteger(value) ? 'int' : 'float'
}

/** How Jinja's messages name the owner of what is missing: `dict object`. */
export function objectTypeName(value: PyValue): string {
  if (value === null) return 'None'
  const module = value instanceof PyObject && value.module ? `${value.module}.` : ''
  return `${module}${typeName(value)} object`
}

/** The text of a string, safe or not; undefined for anything else. */
export const textOf = (value: PyValue): string | undefined =>
  typeof value === 'string' ? value : value instanceof Markup ? value.text : undefined

/** Python's `isinstance(value, int)`: True counts. */
export const isIntegral = (value: PyValue): value is number | bigint | boolean => isInteger(value) || typeof value === 'boolean'

export { isNumberOrBoolean }

export function isTruthy(value: PyValue, run: Run): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value !== ''
  if (typeof value === 'number') return value !== 0
  if (value === null) return false
  if (typeof value === 'bigint') return value !== 0n
  if (value instanceof Float) return value.value !== 0
  return Array.isArray(value) ? value.length > 0 : value.isTruthy(run)
}

/** What a value is made of. Throws Python's TypeError where it cannot be gone through. */
export function iterate(value: PyValue, run: Run): Iterable<PyValue> {
  const items = iterateOrNothing(value, run)
  if (items) return items
  throw new TemplateError('TypeError', `'${typeName(value)}' object is not iterable`)
}

export function iterateOrNothing(value: PyValue, run: Run): Iterable<PyValue> | undefined {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return toPoints(value)
  return value instanceof PyObject ? value.iterate(run) : undefined
}

/** Python's `list(value)`: a new one, each item counted. */
export function toList(value: PyValue, run: Run): PyValue[] {
  if (Array.isArray(value)) {
    run.budget.spend(value.length)
    return [...value]
  }
  const items: PyValue[] = []
  for (const item of iterate(value, run)) {
    run.budget.spend(1)
    items.push(item)
  }
  return items
}

/** Python's `len(value)`, or undefined where it has none. */
export function lengthOf(value: PyValue, run: Run): number | undefined {
  if (Array.isArray(value)) return value.length
  if (typeof value === 'string') return textLength(value)
  return value instanceof PyObject ? value.length(run) : undefined
}

export function lengthOrThrow(value: PyValue, run: Run): number {
  const length = lengthOf(value, run)
  if (length === undefined) throw new TemplateError('TypeError', `object of type '${typeName(value)}' has no len()`)
  return length
}

/** An index or a count, as Python's functions take them. Throws their TypeError for anything but an integer. */
export function toIndex(value: PyValue): number {
  if (typeof value === 'boolean') return Number(value)
  if (isInteger(value)) return Number(value)
  throw new TemplateError('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`)
}
