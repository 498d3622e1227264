import {
  compareNumbers,
  contains,
  isDict,
  isEqual,
  isFloat,
  isList,
  isNumberOrBoolean,
  isTruthy,
  PythonError,
  str,
  toFloat,
  toInteger,
  typeName,
  type Value,
} from '@trellis/values'

/** Operators of conditions, as files write them. */
export const comparisonOperators = [
  'contains',
  'not contains',
  'start with',
  'end with',
  'is',
  'is not',
  'empty',
  'not empty',
  '=',
  '≠',
  '>',
  '<',
  '≥',
  '≤',
  'null',
  'not null',
  'exists',
  'not exists',
  'in',
  'not in',
  'all of',
] as const
export type Operator = (typeof comparisonOperators)[number]

/** A condition that cannot be answered; the message is for people. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError'
}

type Test = (value: Value, expected: Value, operator: Operator) => boolean

const isPresent: Test = (value) => value !== null
const isAbsent: Test = (value) => value === null
const isFull: Test = (value) => isTruthy(value)
const isEmpty: Test = (value) => !isTruthy(value)

const holds: Test = (value, expected, operator) => {
  if (typeof value === 'string') return value.includes(str(expected))
  if (isList(value)) return value.some((item) => isEqual(item, expected))
  throw wrongType(value, operator, 'a text or a list')
}

const startsWith: Test = (value, expected, operator) => {
  if (!isTruthy(value)) return false
  const [text, part] = texts(value, expected, operator)
  return text.startsWith(part)
}

const endsWith: Test = (value, expected, operator) => {
  if (!isTruthy(value)) return false
  const [text, part] = texts(value, expected, operator)
  return text.endsWith(part)
}

const isSame: Test = (value, expected, operator) => {
  if (typeof value !== 'string' && typeof value !== 'boolean') throw wrongType(value, operator, 'a text or a boolean')
  return isEqual(value, expected)
}

/** By the type of the variable: what is expected is read as one. */
const equals: Test = (value, expected, operator) => {
  if (typeof value === 'boolean') return value === isTruthy(expected)
  if (!isNumberOrBoolean(value)) throw wrongType(value, operator, 'a number')
  return isEqual(value, isFloat(value) ? asFloat(expected) : asInteger(expected))
}

const order =
  (test: (difference: number) => boolean): Test =>
  (value, expected, operator) => {
    if (value === null) return false
    if (!isNumberOrBoolean(value)) throw wrongType(value, operator, 'a number')
    return test(compareNumbers(value, isNumberOrBoolean(expected) ? expected : asFloat(expected)))
  }

const isOneOf: Test = (value, expected, operator) => {
  if (!isList(expected)) throw new ConditionError(`"${operator}" needs a list to look in; ${describe(expected)} is none.`)
  return expected.some((item) => isEqual(item, value))
}

const hasAll: Test = (value, expected, operator) => {
  const kinds = isList(expected) ? new Set(expected.map((item) => typeof item)) : undefined
  if (!kinds || kinds.size > 1 || [...kinds].some((kind) => kind !== 'string' && kind !== 'boolean') || !isList(expected)) {
    throw new ConditionError(`"${operator}" needs a list of texts, or of booleans.`)
  }
  if (!isTruthy(value)) return false
  if (typeof value !== 'string' && !isList(value) && !(value !== null && isDict(value))) throw wrongType(value, operator, 'a list')
  return expected.every((item) => contains(value, item))
}

const tests: Readonly<Record<Operator, Test>> = {
  contains: (value, expected, operator) => isTruthy(value) && holds(value, expected, operator),
  'not contains': (value, expected, operator) => !isTruthy(value) || !holds(value, expected, operator),
  'start with': startsWith,
  'end with': endsWith,
  is: (value, expected, operator) => value !== null && isSame(value, expected, operator),
  'is not': (value, expected, operator) => value !== null && !isSame(value, expected, operator),
  empty: isEmpty,
  'not empty': isFull,
  '=': (value, expected, operator) => value !== null && equals(value, expected, operator),
  '≠': (value, expected, operator) => value !== null && !equals(value, expected, operator),
  '>': order((difference) => difference > 0),
  '<': order((difference) => difference < 0),
  '≥': order((difference) => difference >= 0),
  '≤': order((difference) => difference <= 0),
  null: isAbsent,
  'not null': isPresent,
  exists: isPresent,
  'not exists': isAbsent,
  in: (value, expected, operator) => value !== null && isOneOf(value, expected, operator),
  'not in': (value, expected, operator) => value === null || !isOneOf(value, expected, operator),
  'all of': hasAll,
}

/** Operators that look at the variable alone. */
const unary: ReadonlySet<Operator> = new Set(['empty', 'not empty', 'null', 'not null', 'exists', 'not exists'])
export const isUnary = (operator: Operator): boolean => unary.has(operator)

/** Whether a value passes a test (workflow spec 2.9). @throws ConditionError where the test does not suit the value */
export const passes = (operator: Operator, value: Value, expected: Value): boolean => tests[operator](value, expected, operator)

function texts(value: Value, expected: Value, operator: Operator): [string, string] {
  if (typeof value !== 'string') throw wrongType(value, operator, 'a text')
  if (typeof expected !== 'string') throw new ConditionError(`"${operator}" needs a text to look for; ${describe(expected)} is none.`)
  return [value, expected]
}

const asInteger = (expected: Value): Value => numberOf(() => toInteger(expected), expected, 'a whole number')
const asFloat = (expected: Value) => numberOf(() => toFloat(expected), expected, 'a number')

function numberOf<Result>(read: () => Result, expected: Value, kind: string): Result {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
    throw new ConditionError(`The variable is compared with ${describe(expected)}, which is not ${kind}.`)
  }
}

const wrongType = (value: Value, operator: Operator, suitable: string): ConditionError =>
  new ConditionError(`"${operator}" needs ${suitable}; the variable is of the type ${typeName(value)}.`)

const describe = (value: Value): string => (typeof value === 'string' ? `"${value.slice(0, 100)}"` : typeName(value))
