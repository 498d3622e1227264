import { add, divide, isDict, isList, isNumberOrBoolean, multiply, PythonError, parseJson, subtract, type Value } from '@trellis/values'
import { fitsArray, isArrayType, type Variable, type VariableType, zeroOf } from '@trellis/variables'

/** What an item does to its variable, as files write it. */
export const operations = ['over-write', 'clear', 'set', 'append', 'extend', '+=', '-=', '*=', '/=', 'remove-first', 'remove-last'] as const
export type Operation = (typeof operations)[number]

/** A change that cannot be made; the message is for people. */
export class AssignError extends Error {
  override readonly name = 'AssignError'
}

type Kind = 'any' | 'array' | 'number' | 'scalar'
interface Rule {
  /** Variables that it can change. */
  readonly targets: Kind
  /** Where its value may come from, and for which variables a constant may be given. */
  readonly allowsVariable: boolean
  readonly constantTargets: Kind | undefined
  readonly needsValue: boolean
}

const onLists: Rule = { targets: 'array', allowsVariable: true, constantTargets: undefined, needsValue: true }
const onNumbers: Rule = { targets: 'number', allowsVariable: false, constantTargets: 'number', needsValue: true }
const rules: Readonly<Record<Operation, Rule>> = {
  'over-write': { targets: 'any', allowsVariable: true, constantTargets: 'scalar', needsValue: true },
  clear: { targets: 'any', allowsVariable: true, constantTargets: undefined, needsValue: false },
  set: { targets: 'scalar', allowsVariable: false, constantTargets: 'scalar', needsValue: true },
  append: onLists,
  extend: onLists,
  '+=': onNumbers,
  '-=': onNumbers,
  '*=': onNumbers,
  '/=': onNumbers,
  'remove-first': { ...onLists, needsValue: false },
  'remove-last': { ...onLists, needsValue: false },
}

export const needsValue = (operation: Operation): boolean => rules[operation].needsValue

const numbers: ReadonlySet<VariableType> = new Set<VariableType>(['number', 'integer', 'float'])
const scalars: ReadonlySet<VariableType> = new Set<VariableType>(['object', 'string', 'number', 'integer', 'float', 'boolean'])

function isOfKind(type: VariableType, kind: Kind): boolean {
  switch (kind) {
    case 'any':
      return true
    case 'array':
      return isArrayType(type)
    case 'number':
      return numbers.has(type)
    case 'scalar':
      return scalars.has(type)
  }
}

/** Refuses what the table of operations does not have (workflow spec 2.14). @throws AssignError */
export function checkRule(operation: Operation, type: VariableType, inputType: 'variable' | 'constant', name: string): void {
  const rule = rules[operation]
  if (!isOfKind(type, rule.targets)) throw new AssignError(`"${operation}" is not for a variable of the type ${type} ("${name}").`)
  const isAllowed =
    inputType === 'variable' ? rule.allowsVariable : rule.constantTargets !== undefined && isOfKind(type, rule.constantTargets)
  if (!isAllowed) throw new AssignError(`"${operation}" of "${name}" (${type}) cannot take its value from a ${inputType}.`)
}

/** The variable's value after the change. @throws AssignError */
export function apply(operation: Operation, target: Variable, value: Value, name: string): Value {
  const { type } = target
  const items = isList(target.value) ? target.value : []
  switch (operation) {
    case 'clear': {
      const zero = zeroOf(type)
      if (zero === undefined) throw new AssignError(`"${name}" (${type}) cannot be cleared.`)
      return zero
    }
    case 'remove-first':
      return items.slice(1)
    case 'remove-last':
      return items.slice(0, -1)
    case 'append':
      if (!fitsArray(type, value)) throw misfit(name, type)
      return [...items, value]
    case 'extend':
      return [...items, ...listFor(type, value, name)]
    case 'over-write':
    case 'set':
      return isArrayType(type) ? listFor(type, value, name) : scalarFor(type, value, name)
    default:
      return compute(operation, target.value, value, name)
  }
}

function listFor(type: VariableType, value: Value, name: string): readonly Value[] {
  if (!isList(value) || type === 'array[file]' || !value.every((item) => fitsArray(type, item))) throw misfit(name, type)
  return value
}

function scalarFor(type: VariableType, value: Value, name: string): Value {
  const read = type === 'object' && typeof value === 'string' ? readObject(value, name) : value
  const fits =
    (type === 'string' && typeof read === 'string') ||
    (type === 'boolean' && typeof read === 'boolean') ||
    (numbers.has(type) && isNumberOrBoolean(read)) ||
    (type === 'object' && read !== null && isDict(read))
  if (!fits) throw misfit(name, type)
  return read
}

function readObject(text: string, name: string): Value {
  try {
    return parseJson(text)
  } catch {
    throw new AssignError(`The value for "${name}" is not JSON.`)
  }
}

const arithmetic = { '+=': add, '-=': subtract, '*=': multiply, '/=': divide }

function compute(operation: '+=' | '-=' | '*=' | '/=', left: Value, right: Value, name: string): Value {
  if (!isNumberOrBoolean(left) || !isNumberOrBoolean(right)) throw misfit(name, 'number')
  try {
    return arithmetic[operation](left, right)
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
    throw new AssignError(`"${name}" ${operation} cannot be worked out: ${error.message}.`)
  }
}

const misfit = (name: string, type: VariableType): AssignError =>
  new AssignError(`The value given does not fit the variable "${name}", which is of the type ${type}.`)
