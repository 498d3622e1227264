import type { OracleValue } from '../case.ts'
import type { Random } from './random.ts'

export type ValueType =
  | 'string'
  | 'integer'
  | 'float'
  | 'boolean'
  | 'object'
  | 'array[string]'
  | 'array[number]'
  | 'array[object]'
  | 'array[boolean]'
  | 'array[any]'
  | 'none'

export const SCALARS = ['string', 'integer', 'float', 'boolean'] as const
export const ARRAYS = ['array[string]', 'array[number]', 'array[object]', 'array[boolean]'] as const

export const TEXTS = [
  '',
  'hello',
  'Hello World',
  'a,b;c',
  '你好，世界',
  '🌍 emoji 👩‍👩‍👧',
  'l1\nl2',
  ' padded ',
  '42',
  '1.0',
  '1e5',
  'true',
  'it\'s "quoted"',
  'back\\slash',
  'sys.query',
  'émigré',
]
export const INTEGERS = [0, 1, 2, 3, 5, 10, 42, -1, -7, 1_000_000]
export const FLOATS = ['0.0', '1.0', '0.5', '-2.5', '3.14', '100.0', '1e+16', '1e-07', '0.1', '42.0']
const KEYS = ['name', 'age', 'city', 'tags', 'ключ', 'a b']

export const float = (written: string): OracleValue => ({ $float: written })

export function makeValue(random: Random, type: ValueType, depth = 0): OracleValue {
  switch (type) {
    case 'string':
      return random.pick(TEXTS)
    case 'integer':
      return random.pick(INTEGERS)
    case 'float':
      return float(random.pick(FLOATS))
    case 'boolean':
      return random.chance(0.5)
    case 'none':
      return null
    case 'object':
      return objectOf(random, depth)
    default:
      return listOf(random, type, depth)
  }
}

function objectOf(random: Random, depth: number): OracleValue {
  const types: readonly ValueType[] = depth > 1 ? SCALARS : [...SCALARS, 'none', 'object', 'array[string]', 'array[number]']
  return Object.fromEntries(random.some(KEYS, 3).map((key) => [key, makeValue(random, random.pick(types), depth + 1)]))
}

function listOf(random: Random, type: ValueType, depth: number): OracleValue {
  const length = random.chance(0.1) ? 0 : random.integer(1, 4)
  const item = (): OracleValue => {
    if (type === 'array[string]') return random.pick(TEXTS)
    if (type === 'array[number]') return makeValue(random, random.chance(0.7) ? 'integer' : 'float')
    if (type === 'array[boolean]') return random.chance(0.5)
    if (type === 'array[object]') return objectOf(random, depth + 1)
    return makeValue(random, random.pick(['string', 'integer', 'none', 'boolean', 'float']))
  }
  return Array.from({ length }, item)
}

export const isFloat = (value: OracleValue): value is { readonly $float: string } =>
  typeof value === 'object' && value !== null && '$float' in value && typeof value.$float === 'string'

/** As Python source. */
export function toPython(value: OracleValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number' || typeof value === 'string') return JSON.stringify(value)
  if (isFloat(value)) return value.$float
  // A type guard on a readonly array does not narrow a union: the rest of it is objects.
  if (Array.isArray(value)) return `[${(value as readonly OracleValue[]).map(toPython).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${toPython(item)}`)
    .join(', ')}}`
}

/** As JSON text, in which 1.0 stays 1.0. */
export function toJson(value: OracleValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isFloat(value)) return value.$float
  if (Array.isArray(value)) return `[${(value as readonly OracleValue[]).map(toJson).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${toJson(item)}`)
    .join(', ')}}`
}
