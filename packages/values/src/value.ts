/**
 * A run-time value of a workflow: JSON as Python sees it, with integers and floats apart.
 *
 * - A JavaScript number without a fraction is an integer; one with a fraction, an infinity or NaN is a float.
 * - A float without a fraction, such as 1.0, is a `Float`.
 * - An integer beyond the safe range is a bigint.
 *
 * Values are never changed in place; who changes one makes a new one. Keys of a dict are read with `getKey`,
 * because a plain object has names (`constructor`) that no document put there.
 */
export type Value = null | boolean | number | bigint | Float | string | List | Dict
export type List = readonly Value[]
export interface Dict {
  readonly [key: string]: Value
}
/** What Python calls a number, without bool. */
export type Numeric = number | bigint | Float

/** A float whose value has no fraction. Made by `float`, which keeps that true. */
export class Float {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  /** So that JSON.stringify keeps what makes it a float: `1.0`. */
  toJSON(): unknown {
    return rawJson(Number.isInteger(this.value) && Math.abs(this.value) < 1e16 ? `${this.value}.0` : String(this.value))
  }
}

// In every V8 since 11.4; TypeScript's library does not know it yet.
const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (text: string) => unknown }

/** A float: boxed where the number alone would be taken for an integer. */
export const float = (value: number): number | Float => (Number.isInteger(value) ? new Float(value) : value)

/** An integer: a number where that is exact, else a bigint. */
export const integer = (value: bigint): number | bigint => (value >= MIN_SAFE && value <= MAX_SAFE ? Number(value) : value)

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)
const MIN_SAFE = -MAX_SAFE

export const isInteger = (value: unknown): value is number | bigint =>
  typeof value === 'number' ? Number.isInteger(value) : typeof value === 'bigint'

export const isFloat = (value: unknown): value is number | Float =>
  typeof value === 'number' ? !Number.isInteger(value) : value instanceof Float

/** An integer or a float; a bool is none. */
export const isNumber = (value: unknown): value is Numeric =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Float

/** Whatever Python accepts as a number: True is 1. */
export const isNumberOrBoolean = (value: unknown): value is Numeric | boolean => typeof value === 'boolean' || isNumber(value)

export const isList = (value: unknown): value is List => Array.isArray(value)

/** Whether a value is a dict; of other things than values it says nothing. */
export const isDict = (value: Value): value is Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Float)

/** The JavaScript number of a numeric value; a bigint loses what a double cannot hold. */
export function toNumber(value: Numeric | boolean): number {
  if (typeof value === 'number') return value
  return value instanceof Float ? value.value : Number(value)
}

/** What a dict holds under a key, or undefined; never a name of the prototype. */
export const getKey = (dict: Dict, key: string): Value | undefined => (Object.hasOwn(dict, key) ? dict[key] : undefined)

/** A dict of entries, in their order, in which `__proto__` is a key like any other. */
export const toDict = (entries: Iterable<readonly [string, Value]>): Dict => Object.fromEntries(entries)

/** Python's name of the value's type, as its messages have it. */
export function typeName(value: Value): 'NoneType' | 'bool' | 'int' | 'float' | 'str' | 'list' | 'dict' {
  if (value === null) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'str'
  if (isInteger(value)) return 'int'
  if (isFloat(value)) return 'float'
  return isList(value) ? 'list' : 'dict'
}
