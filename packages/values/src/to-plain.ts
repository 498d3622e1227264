import { MAX_DEPTH, tooDeep } from './python-error.ts'
import { Float, isDict, isList, type Value } from './value.ts'

export type PlainValue = null | boolean | number | string | readonly PlainValue[] | { readonly [key: string]: PlainValue }

/**
 * An ordinary JavaScript value that JSON.stringify can take: floats are numbers, a bigint the nearest number, NaN and the infinities null.
 * What needs no change is returned as it is, not copied.
 */
export const toPlain = (value: Value): PlainValue => plain(value, 0)

function plain(value: Value, depth: number): PlainValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return Number(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Float) return value.value
  if (depth > MAX_DEPTH) throw tooDeep()
  if (isList(value)) return plainList(value, depth)
  return isDict(value) ? plainDict(value, depth) : null
}

function plainList(list: readonly Value[], depth: number): PlainValue {
  const items = list.map((item) => plain(item, depth + 1))
  // The caller's own list where nothing in it changed: then each of its items is plain.
  return items.every((item, index) => Object.is(item, list[index])) ? (list as readonly PlainValue[]) : items
}

function plainDict(dict: { readonly [key: string]: Value }, depth: number): PlainValue {
  const entries = Object.entries(dict).map(([key, item]) => [key, plain(item, depth + 1)] as const)
  // As above.
  if (entries.every(([key, item]) => Object.is(item, dict[key]))) return dict as { readonly [key: string]: PlainValue }
  return Object.fromEntries(entries)
}
