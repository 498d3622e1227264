import {
  type Dict,
  float,
  getKey,
  integer,
  isDict,
  isInteger,
  isList,
  isNumber,
  isNumberOrBoolean,
  isTruthy,
  type Value,
} from '@trellis/values'
import { Variable } from '@trellis/variables'
import { itemTypeOf, type Parameter, type ParameterType } from './config.ts'

/** What stands for parameters that the reply says nothing of. */
export function defaultResult(parameters: readonly Parameter[]): Dict {
  const single = parameters.filter(({ type }) => itemTypeOf(type) === undefined)
  return Object.fromEntries(single.map(({ name, type }) => [name, zeroOf(type)]))
}

function zeroOf(type: ParameterType): Value {
  if (type === 'number') return 0
  if (type === 'boolean') return false
  return type === 'string' ? '' : []
}

/** What is wrong with a result, in the order in which it is looked at; undefined where nothing is (workflow spec 2.17). */
export function findFault(parameters: readonly Parameter[], result: Dict): string | undefined {
  const count = Object.keys(result).length
  if (count !== parameters.length) return `Invalid number of parameters: ${count} were given, and there are ${parameters.length}.`
  for (const { name, type, options, required } of parameters) {
    const value = getKey(result, name)
    if (required && value === undefined) return `Parameter ${name} is required`
    if (value === undefined || !hasType(value, type)) return `Invalid value for parameter ${name}: ${type} is expected.`
    if (options?.length && !options.some((option) => option === value)) return `Invalid \`select\` value for parameter ${name}`
  }
  return undefined
}

function hasType(value: Value, type: ParameterType | 'object'): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string'
    case 'number':
      return isNumberOrBoolean(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'object':
      return isDict(value)
    default: {
      const item = itemTypeOf(type)
      return isList(value) && item !== undefined && value.every((entry) => hasType(entry, item))
    }
  }
}

/** The result as outputs: every parameter, in its type. */
export const toOutputs = (parameters: readonly Parameter[], result: Dict): Record<string, Value | Variable> =>
  Object.fromEntries(parameters.map(({ name, type }) => [name, toOutput(type, getKey(result, name))]))

function toOutput(type: ParameterType, value: Value | undefined): Value | Variable {
  const item = itemTypeOf(type)
  if (item === undefined) return (value === undefined ? undefined : convert(type, value)) ?? zeroOf(type)
  const items = value !== undefined && isList(value) ? value.flatMap((entry) => convertItem(item, entry) ?? []) : []
  // An empty list would not tell of what.
  return new Variable(items, type)
}

function convert(type: ParameterType, value: Value): Value | undefined {
  if (type === 'number') return toNumeric(value)
  if (type === 'boolean') return typeof value === 'boolean' || isInteger(value) ? isTruthy(value) : undefined
  return typeof value === 'string' ? value : undefined
}

function convertItem(type: 'string' | 'number' | 'object' | 'boolean', value: Value): Value | undefined {
  if (type === 'number') return toNumeric(value)
  return hasType(value, type) ? value : undefined
}

const INTEGER = /^\s*[+-]?\d+(?:_\d+)*\s*$/
const FLOAT = /^\s*[+-]?(?:\d+(?:_\d+)*)?\.(?:\d+(?:_\d+)*)?(?:[eE][+-]?\d+)?\s*$/

/** Numbers as they are, booleans as 1 and 0, texts as Python reads them: with a point a float, else an integer. */
function toNumeric(value: Value): Value | undefined {
  if (typeof value === 'boolean') return Number(value)
  if (isNumber(value)) return value
  if (typeof value !== 'string') return undefined
  const plain = value.trim().replaceAll('_', '')
  if (!value.includes('.')) return INTEGER.test(value) ? integer(BigInt(plain.replace(/^\+/, ''))) : undefined
  return FLOAT.test(value) && /\d/.test(value) ? float(Number(plain)) : undefined
}
