import { Markup } from '../objects/markup.ts'
import type { PyValue } from '../objects/py-object.ts'
import { isTruthy, iterate } from '../objects/types.ts'
import type { Statement } from '../syntax/nodes.ts'
import { TemplateError } from '../template-error.ts'
import { compileExpression } from './expressions.ts'
import { LoopContext } from './loop-context.ts'
import { type Evaluate, type Execute, innerPlace, type Place, type Scope } from './scope.ts'
import { type Assign, compileTarget } from './targets.ts'
import { findUndeclared, hasScopedBlock, isAssigned } from './undeclared-names.ts'

type ForNode = Extract<Statement, { type: 'for' }>

interface Loop {
  readonly assign: Assign
  readonly test: Evaluate | undefined
  readonly body: Execute
  readonly otherwise: Execute | undefined
  readonly isRecursive: boolean
  /** Whether the body asks for `loop`. */
  readonly hasContext: boolean
}

export function compileFor(node: ForNode, place: Place, compileBody: (body: ForNode['body'], place: Place) => Execute): Execute {
  if (isAssigned(node, 'loop'))
    throw new TemplateError('TemplateAssertionError', "Can't assign to special loop variable in for-loop target", node.line)
  const inner = innerPlace(place)
  const iterable = compileExpression(node.iterable, place)
  const loop: Loop = {
    assign: compileTarget(node.target),
    test: node.test && compileExpression(node.test, inner),
    body: compileBody(node.body, inner),
    otherwise: node.otherwise.length > 0 ? compileBody(node.otherwise, inner) : undefined,
    isRecursive: node.isRecursive,
    hasContext: node.isRecursive || findUndeclared(node.body, ['loop']).size > 0 || hasScopedBlock(node),
  }
  if (!loop.hasContext) return (scope) => runPlainLoop(loop, scope, iterable(scope))
  return (scope) => runLoop(loop, scope, iterable(scope), 0)
}

function runPlainLoop(loop: Loop, scope: Scope, value: PyValue): void {
  let isEmpty = true
  for (const item of chosen(loop, scope, value)) {
    isEmpty = false
    scope.run.budget.spend(1)
    const inner = scope.inner()
    loop.assign(inner, item)
    loop.body(inner)
  }
  if (isEmpty) loop.otherwise?.(scope.inner())
}

function runLoop(loop: Loop, scope: Scope, value: PyValue, depth: number): void {
  const { run } = scope
  const recurse = loop.isRecursive ? (iterable: PyValue, level: number): PyValue => renderLevel(loop, scope, iterable, level) : undefined
  const context = loop.test
    ? new LoopContext(chosen(loop, scope, value), undefined, depth, recurse)
    : LoopContext.of(value, run, depth, recurse)
  let isEmpty = true
  for (let item = context.advance(); item !== undefined; item = context.advance()) {
    isEmpty = false
    run.budget.spend(1)
    const inner = scope.inner()
    loop.assign(inner, item)
    inner.set('loop', context)
    loop.body(inner)
  }
  if (isEmpty) loop.otherwise?.(scope.inner())
}

function renderLevel(loop: Loop, scope: Scope, iterable: PyValue, depth: number): PyValue {
  const { run } = scope
  const text = run.budget.nested(() => run.capture(() => runLoop(loop, scope, iterable, depth)))
  return run.isEscaping ? new Markup(text) : text
}

/** The items, or those of which the loop's test holds. */
function chosen(loop: Loop, scope: Scope, value: PyValue): Iterable<PyValue> {
  const items = iterate(value, scope.run)
  return loop.test ? filtered(loop, scope, items, loop.test) : items
}

function* filtered(loop: Loop, scope: Scope, items: Iterable<PyValue>, test: Evaluate): Iterable<PyValue> {
  for (const item of items) {
    scope.run.budget.spend(1)
    const inner = scope.inner()
    loop.assign(inner, item)
    if (isTruthy(test(inner), scope.run)) yield item
  }
}
