import { MAX_DEPTH, PythonError, tooDeep } from './python-error.ts'
import { Float, isDict, isList, isNumberOrBoolean, typeName, type Value } from './value.ts'

/** Python's `a == b`: 1, 1.0 and True are equal; lists and dicts are compared by what they hold. */
export const isEqual = (left: Value, right: Value): boolean => equal(left, right, 0)

function equal(left: Value, right: Value, depth: number): boolean {
  if (left === right) return true
  if (typeof left === 'string' || typeof right === 'string' || left === null || right === null) return false
  if (isNumberOrBoolean(left)) return isNumberOrBoolean(right) && compareNumbers(left, right) === 0
  if (isNumberOrBoolean(right)) return false
  if (depth > MAX_DEPTH) throw tooDeep()
  if (isList(left)) {
    if (!isList(right) || left.length !== right.length) return false
    for (let index = 0; index < left.length; index++) if (!equal(at(left, index), at(right, index), depth + 1)) return false
    return true
  }
  if (isList(right)) return false
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && equal(left[key] ?? null, right[key] ?? null, depth + 1))
}

// A list has no holes; the index is within it.
const at = (list: readonly Value[], index: number): Value => list[index] ?? null

/** Exact also between a bigint and a float; NaN where one of them is that. */
export function compareNumbers(left: number | bigint | boolean | Float, right: number | bigint | boolean | Float): number {
  const one = bare(left)
  const other = bare(right)
  if (one < other) return -1
  if (one > other) return 1
  // Loosely, so that 1n equals 1. What is neither less, more nor equal is NaN.
  return typeof one === typeof other ? (one === other ? 0 : Number.NaN) : one >= other ? 0 : Number.NaN
}

function bare(value: number | bigint | boolean | Float): number | bigint {
  if (value instanceof Float) return value.value
  return typeof value === 'boolean' ? Number(value) : value
}

/**
 * Python's order: below zero where `left` comes first, NaN where neither does and they are not equal.
 * Throws its TypeError for what has no order (`'<' not supported between instances of 'str' and 'int'`).
 */
export function compare(left: Value, right: Value, operator: '<' | '<=' | '>' | '>=' = '<', depth = 0): number {
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right)
  if (isNumberOrBoolean(left) && isNumberOrBoolean(right)) return compareNumbers(left, right)
  if (isList(left) && isList(right)) {
    if (depth > MAX_DEPTH) throw tooDeep()
    for (let index = 0; index < left.length && index < right.length; index++) {
      const one = at(left, index)
      const other = at(right, index)
      if (!equal(one, other, depth + 1)) return compare(one, other, operator, depth + 1)
    }
    return left.length - right.length
  }
  const types = `'${typeName(left)}' and '${typeName(right)}'`
  throw new PythonError('TypeError', `'${operator}' not supported between instances of ${types}`)
}

/** By code points, as Python orders strings; JavaScript's own order puts U+FF00 behind U+1F600. */
export function compareStrings(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const one = left.charCodeAt(index)
    const other = right.charCodeAt(index)
    if (one === other) continue
    // A surrogate stands for what lies above every single unit.
    return isSurrogate(one) === isSurrogate(other) ? one - other : isSurrogate(one) ? 1 : -1
  }
  return left.length - right.length
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff

/** Python's `bool(value)`. NaN is true. */
export function isTruthy(value: Value): boolean {
  if (typeof value === 'number') return value !== 0
  if (value === null || typeof value !== 'object') return Boolean(value)
  if (value instanceof Float) return value.value !== 0
  if (isList(value)) return value.length > 0
  for (const key in value) if (Object.hasOwn(value, key)) return true
  return false
}

/** Python's `item in container`; throws its TypeError where the container cannot hold anything. */
export function contains(container: Value, item: Value): boolean {
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item)
    throw new PythonError('TypeError', `'in <string>' requires string as left operand, not ${typeName(item)}`)
  }
  if (isList(container)) return container.some((each) => isEqual(each, item))
  if (container === null || !isDict(container))
    throw new PythonError('TypeError', `argument of type '${typeName(container)}' is not iterable`)
  if (typeof item === 'object' && item !== null && !(item instanceof Float))
    throw new PythonError('TypeError', `unhashable type: '${typeName(item)}'`)
  return typeof item === 'string' && Object.hasOwn(container, item)
}
