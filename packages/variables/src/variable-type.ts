import { float, isDict, isFloat, isInteger, isList, isNumber, type Value } from '@trellis/values'
import { isFile } from './file-value.ts'

/** Types of variables (workflow spec 3.4). `number` is only declared: a value is an `integer` or a `float`. */
export const variableTypes = [
  'string',
  'number',
  'integer',
  'float',
  'boolean',
  'object',
  'secret',
  'file',
  'array[any]',
  'array[string]',
  'array[number]',
  'array[object]',
  'array[file]',
  'array[boolean]',
  'none',
  'group',
] as const
export type VariableType = (typeof variableTypes)[number]

export const isArrayType = (type: VariableType): boolean => type.startsWith('array')

/** The type that a value has by itself; an empty list is `array[any]`. */
export function inferType(value: Value): VariableType {
  if (typeof value === 'string') return 'string'
  if (value === null) return 'none'
  if (typeof value === 'boolean') return 'boolean'
  if (isInteger(value)) return 'integer'
  if (isFloat(value)) return 'float'
  if (isList(value)) return inferArrayType(value)
  return isFile(value) ? 'file' : 'object'
}

function inferArrayType(items: readonly Value[]): VariableType {
  const [first] = items
  if (first === undefined) return 'array[any]'
  const type = itemTypeOf(first)
  if (type === undefined) return 'array[any]'
  for (const item of items) if (itemTypeOf(item) !== type) return 'array[any]'
  return `array[${type}]`
}

function itemTypeOf(item: Value): 'string' | 'number' | 'boolean' | 'file' | 'object' | undefined {
  if (typeof item === 'string') return 'string'
  if (item === null || isList(item)) return undefined
  if (typeof item === 'boolean') return 'boolean'
  if (isNumber(item)) return 'number'
  return isFile(item) ? 'file' : 'object'
}

/** A value that does not fit the type that was declared for it. */
export class TypeMismatchError extends Error {
  readonly declared: VariableType
  readonly found: VariableType

  constructor(declared: VariableType, found: VariableType) {
    super(`a value of type ${found} was given where ${declared} is declared`)
    this.name = 'TypeMismatchError'
    this.declared = declared
    this.found = found
  }
}

/** The type of a value under a declaration. @throws TypeMismatchError */
export function declaredTypeOf(declared: VariableType, value: Value): VariableType {
  const found = inferType(value)
  if (found === declared) return found
  if (declared === 'number' && (found === 'integer' || found === 'float')) return found
  if (declared === 'secret' && found === 'string') return 'secret'
  if (isArrayType(declared) && isList(value) && value.length === 0) return declared
  throw new TypeMismatchError(declared, found)
}

/** What `clear` sets; undefined where a type has none. */
export function zeroOf(type: VariableType): Value | undefined {
  switch (type) {
    case 'object':
      return {}
    case 'string':
    case 'secret':
      return ''
    case 'number':
    case 'integer':
      return 0
    case 'float':
      return float(0)
    case 'boolean':
      return false
    case 'array[any]':
    case 'array[string]':
    case 'array[number]':
    case 'array[object]':
    case 'array[boolean]':
      return []
    case 'array[file]':
    case 'file':
    case 'none':
    case 'group':
      return undefined
  }
}

/** True where a list of that type may hold the item; `array[any]` takes texts, numbers and objects. */
export function fitsArray(type: VariableType, item: Value): boolean {
  switch (type) {
    case 'array[any]':
      return typeof item === 'string' || typeof item === 'boolean' || isNumber(item) || isDict(item)
    case 'array[string]':
      return typeof item === 'string'
    case 'array[number]':
      return typeof item === 'boolean' || isNumber(item)
    case 'array[boolean]':
      return typeof item === 'boolean'
    case 'array[object]':
      return isDict(item)
    default:
      return false
  }
}
