import {
  type Dict,
  float,
  isDict,
  isFloat,
  isList,
  reprFloat,
  toDict,
  toNumber,
  type Value,
} from '../../../../packages/values/src/index.ts'
import type { OracleValue } from '../case.ts'

/** Figures of the clock and prices: the Python half leaves them out too. */
const DROPPED: ReadonlySet<string> = new Set([
  'latency',
  'time_to_first_token',
  'time_to_generate',
  'currency',
  'total_price',
  ...['prompt', 'completion'].flatMap((part) => [`${part}_unit_price`, `${part}_price_unit`, `${part}_price`]),
])
const INFINITIES: Readonly<Record<string, number>> = { inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }

/** Takes the mark off floats. */
export function decode(value: OracleValue): Value {
  if (value === null || typeof value !== 'object') return value
  if (isListOfCase(value)) return value.map(decode)
  return '$float' in value && typeof value.$float === 'string' ? readFloat(value.$float) : decodeDict(value)
}

export const decodeDict = (dict: { readonly [key: string]: OracleValue } = {}): Dict =>
  toDict(Object.entries(dict).map(([key, item]) => [key, decode(item)]))

/** Puts the mark on floats, and leaves out what differs from run to run. */
export function encode(value: Value): OracleValue {
  if (isFloat(value)) return { $float: reprFloat(toNumber(value)) }
  if (typeof value === 'bigint') return Number(value)
  if (isList(value)) return value.map(encode)
  if (!isDict(value)) return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (DROPPED.has(key) ? [] : [[key, encode(item)]])))
}

const readFloat = (text: string): Value => float(INFINITIES[text] ?? Number(text))

const isListOfCase = (value: OracleValue): value is readonly OracleValue[] => Array.isArray(value)
