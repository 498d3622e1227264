import { float, integer, reprString } from '@trellis/values'
import { filters } from '../filters/filters.ts'
import { getAttribute, getItem, getSlice, type Slice } from '../objects/attributes.ts'
import { compare, contains, isEqual } from '../objects/compare.ts'
import { Dict } from '../objects/dict.ts'
import { escapeHtml, Markup } from '../objects/markup.ts'
import { operate, sign } from '../objects/operators.ts'
import type { PyValue } from '../objects/py-object.ts'
import { Tuple } from '../objects/sequences.ts'
import { str } from '../objects/text.ts'
import { isTruthy } from '../objects/types.ts'
import { Undefined, undefinedName } from '../objects/undefined.ts'
import type { Run } from '../run.ts'
import type { Comparison, Expression, FilterNode, SliceNode, TestNode } from '../syntax/nodes.ts'
import { TemplateError } from '../template-error.ts'
import { tests } from '../tests.ts'
import { callValue, compileArguments } from './calls.ts'
import type { Evaluate, Place, Scope } from './scope.ts'

/** Turns an expression into a function of the names around it. */
export function compileExpression(node: Expression, place: Place): Evaluate {
  switch (node.type) {
    case 'constant':
      return constant(node.value)
    case 'number':
      return constant(node.kind === 'integer' ? integer(BigInt(node.text.replace(/^0+(?=\d)/, ''))) : float(Number(node.text)))
    case 'name':
      return compileName(node.name)
    case 'tuple':
      return compileItems(node.items, place, (items) => new Tuple(items))
    case 'list':
      return compileItems(node.items, place, (items) => items)
    case 'dict':
      return compileDict(node.items, place)
    case 'condition':
      return compileCondition(node, { ...place, isSoft: true })
    case 'and':
    case 'or':
      return compileLogic(node.type, compileExpression(node.left, place), compileExpression(node.right, place))
    case 'not':
      return compileNot(compileExpression(node.node, place))
    case 'negative':
    case 'positive':
      return compileSign(node.type === 'negative' ? '-' : '+', compileExpression(node.node, place))
    case 'binary':
      return compileBinary(node, place)
    case 'concat':
      return compileConcat(
        node.nodes.map((each) => compileExpression(each, place)),
        place,
      )
    case 'compare':
      return compileCompare(node.node, node.operands, place)
    case 'attribute':
      return compileAttribute(compileExpression(node.node, place), node.name)
    case 'item':
      return node.key.type === 'slice' ? compileSlice(node.node, node.key, place) : compileItem(node.node, node.key, place)
    case 'call':
      return compileCall(node.node, node.arguments, place)
    case 'filter':
      return compileFilterOfValue(node, place)
    case 'test':
      return compileTest(node, place)
    case 'slice':
      throw new TemplateError('TemplateSyntaxError', 'a slice stands alone in its brackets', node.line)
  }
}

const constant =
  (value: PyValue): Evaluate =>
  () =>
    value

function compileName(name: string): Evaluate {
  return (scope) => {
    const value = scope.get(name)
    return value === undefined ? undefinedName(name) : value
  }
}

function compileItems(nodes: readonly Expression[], place: Place, make: (items: PyValue[]) => PyValue): Evaluate {
  const items = nodes.map((node) => compileExpression(node, place))
  return (scope) => {
    scope.run.budget.spend(items.length)
    return make(items.map((evaluate) => evaluate(scope)))
  }
}

function compileDict(nodes: readonly (readonly [Expression, Expression])[], place: Place): Evaluate {
  const entries = nodes.map(([key, value]) => [compileExpression(key, place), compileExpression(value, place)] as const)
  return (scope) => {
    scope.run.budget.spend(entries.length)
    return Dict.of(entries.map(([key, value]) => [key(scope), value(scope)] as const))
  }
}

function compileCondition(node: Extract<Expression, { type: 'condition' }>, place: Place): Evaluate {
  const test = compileExpression(node.test, place)
  const whenTrue = compileExpression(node.whenTrue, place)
  const message = `the inline if-expression on line ${node.line} evaluated to false and no else section was defined.`
  const otherwise = node.otherwise ? compileExpression(node.otherwise, place) : (): PyValue => new Undefined(message)
  return (scope) => (isTruthy(test(scope), scope.run) ? whenTrue(scope) : otherwise(scope))
}

function compileLogic(type: 'and' | 'or', left: Evaluate, right: Evaluate): Evaluate {
  return (scope) => {
    const value = left(scope)
    return isTruthy(value, scope.run) === (type === 'or') ? value : right(scope)
  }
}

const compileNot =
  (evaluate: Evaluate): Evaluate =>
  (scope) =>
    !isTruthy(evaluate(scope), scope.run)

const compileSign =
  (operator: '-' | '+', evaluate: Evaluate): Evaluate =>
  (scope) =>
    sign(operator, evaluate(scope))

type BinaryNode = Extract<Expression, { type: 'binary' }>

/**
 * Jinja writes `-2 ** n` into Python's source as it stands, and there the power goes before the sign.
 * Where the power is constant too, Jinja has worked it out before, with the sign first.
 */
function withoutSign({ operator, left, right }: BinaryNode): Expression | undefined {
  const hasSign = operator === '**' && left.type === 'negative' && left.node.type === 'number' && !isConstant(right)
  return hasSign ? left.node : undefined
}

const isConstant = (node: unknown): boolean => {
  if (typeof node !== 'object' || node === null) return true
  if ('type' in node && (node.type === 'name' || node.type === 'call')) return false
  return Object.values(node).every(isConstant)
}

function compileBinary(node: BinaryNode, place: Place): Evaluate {
  const base = withoutSign(node)
  if (base) return compileSign('-', compileBinary({ ...node, left: base }, place))
  const { operator } = node
  const left = compileExpression(node.left, place)
  const right = compileExpression(node.right, place)
  return (scope) => {
    scope.run.budget.spend(1)
    return operate(operator, left(scope), right(scope), scope.run)
  }
}

const compileConcat =
  (parts: readonly Evaluate[], place: Place): Evaluate =>
  (scope) =>
    concat(parts, scope, place.isEscaping ?? scope.run.isEscaping)

function concat(parts: readonly Evaluate[], scope: Scope, isEscaping: boolean): PyValue {
  const { run } = scope
  const values = parts.map((evaluate) => evaluate(scope))
  const isSafe = isEscaping && values.some((value) => value instanceof Markup)
  let text = ''
  for (const value of values) {
    const part = str(value, run)
    text += isSafe && !(value instanceof Markup) ? escapeHtml(part) : part
    run.budget.growText(text.length, Math.min(part.length, text.length - part.length))
  }
  return isSafe ? new Markup(text) : text
}

function holds(operator: Comparison, left: PyValue, right: PyValue, run: Run): boolean {
  run.budget.spend(1)
  switch (operator) {
    case '==':
      return isEqual(left, right, run)
    case '!=':
      return !isEqual(left, right, run)
    case 'in':
      return contains(right, left, run)
    case 'not in':
      return !contains(right, left, run)
    case '<':
      return compare(left, right, operator, run) < 0
    case '<=':
      return compare(left, right, operator, run) <= 0
    case '>':
      return compare(left, right, operator, run) > 0
    case '>=':
      return compare(left, right, operator, run) >= 0
  }
}

/** `a < b < c`: each side is evaluated once, and none behind the first that does not hold. */
function compileCompare(first: Expression, operands: readonly (readonly [Comparison, Expression])[], place: Place): Evaluate {
  const start = compileExpression(first, place)
  const rest = operands.map(([operator, node]) => [operator, compileExpression(node, place)] as const)
  return (scope) => {
    let left = start(scope)
    for (const [operator, evaluate] of rest) {
      const right = evaluate(scope)
      if (!holds(operator, left, right, scope.run)) return false
      left = right
    }
    return true
  }
}

const compileAttribute =
  (owner: Evaluate, name: string): Evaluate =>
  (scope) =>
    getAttribute(owner(scope), name, scope.run)

function compileItem(node: Expression, keyNode: Expression, place: Place): Evaluate {
  const owner = compileExpression(node, place)
  const key = compileExpression(keyNode, place)
  return (scope) => getItem(owner(scope), key(scope), scope.run)
}

function compileSlice(node: Expression, slice: SliceNode, place: Place): Evaluate {
  const owner = compileExpression(node, place)
  const part = (each: Expression | undefined): Evaluate => (each ? compileExpression(each, place) : constant(null))
  const [start, stop, step] = [part(slice.start), part(slice.stop), part(slice.step)]
  const cut = isConstant(node) && isConstant(slice) ? sliceOfConstant : getSlice
  return (scope) => cut(owner(scope), { start: start(scope), stop: stop(scope), step: step(scope) }, scope.run)
}

/** Of constants Jinja takes slices as it takes items: what cannot be cut is undefined. */
function sliceOfConstant(value: PyValue, slice: Slice, run: Run): PyValue {
  try {
    return getSlice(value, slice, run)
  } catch (error) {
    if (error instanceof TemplateError && error.kind === 'TypeError') return new Undefined(error.message)
    throw error
  }
}

function compileCall(node: Expression, argumentNodes: Parameters<typeof compileArguments>[0], place: Place): Evaluate {
  const callee = compileExpression(node, place)
  const args = compileArguments(argumentNodes, (each) => compileExpression(each, place))
  return (scope) => callValue(callee(scope), args(scope), scope.run)
}

/** A filter as a function of what it filters, which in a block is text that was written. */
export function compileFilter(node: FilterNode, place: Place): (scope: Scope, value: PyValue) => PyValue {
  const inner = node.node?.type === 'filter' ? compileFilter(node.node, place) : undefined
  const args = compileArguments(node.arguments, (each) => compileExpression(each, place))
  const filter = filters.get(node.name) ?? missing('filter', node.name, node.line, place)
  return (scope, value) => {
    const input = inner ? inner(scope, value) : value
    const { positional, named } = args(scope)
    scope.run.budget.spend(1)
    return filter({ positional: [input, ...positional], named }, scope.run)
  }
}

function compileFilterOfValue(node: FilterNode, place: Place): Evaluate {
  let start: Expression | undefined = node
  while (start?.type === 'filter') start = start.node
  const value = start ? compileExpression(start, place) : constant('')
  const filter = compileFilter(node, place)
  return (scope) => filter(scope, value(scope))
}

function compileTest(node: TestNode, place: Place): Evaluate {
  const value = compileExpression(node.node, place)
  const args = compileArguments(node.arguments, (each) => compileExpression(each, place))
  const test = tests.get(node.name) ?? missing('test', node.name, node.line, place)
  return (scope) => {
    const subject = value(scope)
    const { positional, named } = args(scope)
    scope.run.budget.spend(1)
    return test({ positional: [subject, ...positional], named }, scope.run)
  }
}

function missing(kind: 'filter' | 'test', name: string, line: number, place: Place): () => never {
  if (!place.isSoft) throw new TemplateError('TemplateAssertionError', `No ${kind} named ${reprString(name)}.`, line)
  return () => {
    throw new TemplateError('TemplateRuntimeError', `No ${kind} named ${reprString(name)} found.`)
  }
}
