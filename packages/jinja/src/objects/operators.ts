import { add as addNumbers, divide, floorDivide, modulo, multiply as multiplyNumbers, negate, power, subtract } from '@trellis/values'
import { formatPercent } from '../format/percent.ts'
import type { Run } from '../run.ts'
import type { BinaryOperator } from '../syntax/nodes.ts'
import { TemplateError } from '../template-error.ts'
import { escapeHtml, Markup } from './markup.ts'
import type { PyValue } from './py-object.ts'
import { Tuple } from './sequences.ts'
import { isIntegral, isNumberOrBoolean, textOf, typeName } from './types.ts'
import { Undefined } from './undefined.ts'

const ON_NUMBERS = { '+': addNumbers, '-': subtract, '*': multiplyNumbers, '/': divide, '//': floorDivide, '%': modulo, '**': power }

/** Python's binary operators. */
export function operate(operator: BinaryOperator, left: PyValue, right: PyValue, run: Run): PyValue {
  if (isNumberOrBoolean(left) && isNumberOrBoolean(right)) return ON_NUMBERS[operator](left, right)
  if (operator === '%' && textOf(left) !== undefined) return percent(left, right, run)
  if (left instanceof Undefined) return left.fail()
  if (right instanceof Undefined) return right.fail()
  const result = operator === '+' ? add(left, right, run) : operator === '*' ? multiply(left, right, run) : undefined
  return result ?? unsupported(operator, left, right)
}

function unsupported(operator: BinaryOperator, left: PyValue, right: PyValue): never {
  const [one, other] = [typeName(left), typeName(right)]
  if (operator === '+' && typeof left === 'string') fail(`can only concatenate str (not "${other}") to str`)
  if (operator === '+' && (Array.isArray(left) || left instanceof Tuple)) fail(`can only concatenate ${one} (not "${other}") to ${one}`)
  if (operator === '*' && isSequence(left)) fail(`can't multiply sequence by non-int of type '${other}'`)
  if (operator === '*' && isSequence(right)) fail(`can't multiply sequence by non-int of type '${one}'`)
  return fail(`unsupported operand type(s) for ${operator === '**' ? '** or pow()' : operator}: '${one}' and '${other}'`)
}

function fail(message: string): never {
  throw new TemplateError('TypeError', message)
}

const isSequence = (value: PyValue): boolean => typeof value === 'string' || Array.isArray(value) || value instanceof Tuple

function add(left: PyValue, right: PyValue, run: Run): PyValue | undefined {
  const [one, other] = [textOf(left), textOf(right)]
  if (one !== undefined && other !== undefined) return addTexts(left, right, run)
  if (Array.isArray(left) && Array.isArray(right)) {
    run.budget.copyItems(left.length + right.length)
    return [...left, ...right]
  }
  if (!(left instanceof Tuple && right instanceof Tuple)) return undefined
  run.budget.copyItems(left.items.length + right.items.length)
  return new Tuple([...left.items, ...right.items])
}

/** Where one is safe, the other is escaped. */
function addTexts(left: PyValue, right: PyValue, run: Run): PyValue {
  const isSafe = left instanceof Markup || right instanceof Markup
  const part = (value: PyValue): string => (isSafe && typeof value === 'string' ? escapeHtml(value) : (textOf(value) ?? ''))
  const [one, other] = [part(left), part(right)]
  const text = one + other
  run.budget.growText(text.length, Math.min(one.length, other.length))
  return isSafe ? new Markup(text) : text
}

function multiply(left: PyValue, right: PyValue, run: Run): PyValue | undefined {
  if (isIntegral(right)) return repeat(left, Number(right), run)
  return isIntegral(left) ? repeat(right, Number(left), run) : undefined
}

function repeat(value: PyValue, wanted: number, run: Run): PyValue | undefined {
  const times = Math.max(0, wanted)
  const text = textOf(value)
  if (text === '') return value
  if (text !== undefined) {
    run.budget.allowText(text.length * times)
    return value instanceof Markup ? new Markup(text.repeat(times)) : text.repeat(times)
  }
  const items = Array.isArray(value) ? value : value instanceof Tuple ? value.items : undefined
  if (!items) return undefined
  if (items.length > 0) run.budget.spend(items.length * times)
  const repeated = items.length === 0 ? [] : Array.from({ length: times }, () => items).flat()
  return Array.isArray(value) ? repeated : new Tuple(repeated)
}

function percent(left: PyValue, right: PyValue, run: Run): PyValue {
  const text = formatPercent(textOf(left) ?? '', right, run, left instanceof Markup ? escapeHtml : undefined)
  return left instanceof Markup ? new Markup(text) : text
}

/** Python's `-value` and `+value`. */
export function sign(operator: '-' | '+', value: PyValue): PyValue {
  if (isNumberOrBoolean(value)) return operator === '-' ? negate(value) : typeof value === 'boolean' ? Number(value) : value
  if (value instanceof Undefined) return value.fail()
  throw new TemplateError('TypeError', `bad operand type for unary ${operator}: '${typeName(value)}'`)
}
