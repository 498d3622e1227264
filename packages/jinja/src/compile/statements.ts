import { reprString } from '@trellis/values'
import { escapeValue } from '../filters/text.ts'
import { Markup } from '../objects/markup.ts'
import { PyObject, type PyValue } from '../objects/py-object.ts'
import { str } from '../objects/text.ts'
import { isTruthy } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Run } from '../run.ts'
import type { BlockNode, Body, CallBlockNode, Expression, Statement } from '../syntax/nodes.ts'
import { atLine, TemplateError } from '../template-error.ts'
import { callValue, compileArguments } from './calls.ts'
import { compileExpression, compileFilter } from './expressions.ts'
import { compileFor } from './loops.ts'
import { compileMacro } from './macros.ts'
import { type Evaluate, type Execute, innerPlace, type Place, type Scope } from './scope.ts'
import { compileTarget } from './targets.ts'

/** Turns statements into one function that writes what they print. */
export function compileBody(body: Body, place: Place): Execute {
  const parts = body.map((statement) => compileStatement(statement, place))
  const [only] = parts
  if (only && parts.length === 1) return only
  return (scope) => {
    for (const execute of parts) execute(scope)
  }
}

function compileStatement(node: Statement, place: Place): Execute {
  if (node.type === 'output') return compileOutput(node.nodes, place)
  const execute = compileBlockStatement(node, place)
  return (scope) => {
    scope.run.budget.spend(1)
    try {
      execute(scope)
    } catch (error) {
      throw atLine(error, node.line)
    }
  }
}

function compileBlockStatement(node: Exclude<Statement, { type: 'output' }>, place: Place): Execute {
  switch (node.type) {
    case 'for':
      return compileFor(node, place, compileBody)
    case 'if':
      return compileIf(node, place)
    case 'with':
      return compileWith(node, place)
    case 'set':
      return compileSet(node, place)
    case 'set-block':
      return compileSetBlock(node, place)
    case 'macro':
      return compileMacroStatement(node, place)
    case 'call-block':
      return compileCallBlock(node, place)
    case 'filter-block':
      return compileFilterBlock(node, place)
    case 'autoescape':
      return compileAutoescape(node, place)
    case 'block':
      return compileBlock(node, place)
    case 'template-reference':
      return compileReference(node, place)
  }
}

/** What a value prints as. */
const shown = (value: PyValue, run: Run, isEscaping = run.isEscaping): string =>
  isEscaping ? escapeValue(value, run).text : str(value, run)

function compileOutput(nodes: readonly (string | Expression)[], place: Place): Execute {
  const parts = nodes.map((node): Execute => {
    if (typeof node === 'string') return (scope) => scope.run.write(node)
    const evaluate = compileExpression(node, place)
    return (scope) => {
      scope.run.budget.spend(1)
      try {
        scope.run.write(shown(evaluate(scope), scope.run, place.isEscaping))
      } catch (error) {
        throw atLine(error, node.line)
      }
    }
  })
  return (scope) => {
    for (const write of parts) write(scope)
  }
}

function compileIf(node: Extract<Statement, { type: 'if' }>, place: Place): Execute {
  const soft = { ...place, isSoft: true }
  const branches = node.branches.map(({ test, body, line }) => ({
    test: compileExpression(test, soft),
    body: compileBody(body, soft),
    line,
  }))
  const otherwise = compileBody(node.otherwise, soft)
  return (scope) => {
    for (const { test, body, line } of branches) if (isTrueAt(test, scope, line)) return body(scope)
    otherwise(scope)
  }
}

function isTrueAt(test: Evaluate, scope: Scope, line: number): boolean {
  try {
    return isTruthy(test(scope), scope.run)
  } catch (error) {
    throw atLine(error, line)
  }
}

function compileWith(node: Extract<Statement, { type: 'with' }>, place: Place): Execute {
  const values = node.values.map((value) => compileExpression(value, place))
  const targets = node.targets.map(compileTarget)
  const body = compileBody(node.body, innerPlace(place))
  return (scope) => {
    const inner = scope.inner()
    for (const [index, assign] of targets.entries()) assign(inner, values[index]?.(scope) ?? null)
    body(inner)
  }
}

function compileSet(node: Extract<Statement, { type: 'set' }>, place: Place): Execute {
  const assign = compileTarget(node.target)
  const value = compileExpression(node.value, place)
  return (scope) => assign(scope, value(scope))
}

/** What was written, as a value: safe where the template escapes. */
const written = (text: string, run: Run, isEscaping = run.isEscaping): PyValue => (isEscaping ? new Markup(text) : text)

function compileSetBlock(node: Extract<Statement, { type: 'set-block' }>, place: Place): Execute {
  const assign = compileTarget(node.target)
  const body = compileBody(node.body, innerPlace(place))
  const filter = node.filter && compileFilter(node.filter, place)
  return (scope) => {
    const inner = scope.inner()
    const text = written(
      scope.run.capture(() => body(inner)),
      scope.run,
    )
    assign(scope, filter ? filter(inner, text) : text)
  }
}

function compileMacroStatement(node: Extract<Statement, { type: 'macro' }>, place: Place): Execute {
  const make = compileMacro(node, place, compileBody)
  return (scope) => scope.set(node.name, make(scope))
}

function compileCallBlock(node: CallBlockNode, place: Place): Execute {
  const makeCaller = compileMacro(node, place, compileBody)
  const callee = compileExpression(node.call.node, place)
  const args = compileArguments(node.call.arguments, (each) => compileExpression(each, place))
  return (scope) => {
    const caller = makeCaller(scope)
    const called = callee(scope)
    const { positional, named } = args(scope)
    scope.run.write(str(callValue(called, { positional, named: new Map([...(named ?? []), ['caller', caller]]) }, scope.run), scope.run))
  }
}

function compileFilterBlock(node: Extract<Statement, { type: 'filter-block' }>, place: Place): Execute {
  const inner = innerPlace(place)
  const body = compileBody(node.body, inner)
  const filter = compileFilter(node.filter, inner)
  return (scope) => {
    const own = scope.inner()
    const text = written(
      scope.run.capture(() => body(own)),
      scope.run,
      place.isEscaping,
    )
    scope.run.write(str(filter(own, text), scope.run))
  }
}

function compileAutoescape(node: Extract<Statement, { type: 'autoescape' }>, place: Place): Execute {
  const value = compileExpression(node.value, place)
  const isEscaping = node.value.type === 'constant' ? Boolean(node.value.value) : undefined
  const body = compileBody(node.body, { ...innerPlace(place), isEscaping })
  return (scope) => {
    const { run } = scope
    const before = run.isEscaping
    run.isEscaping = isTruthy(value(scope), run)
    try {
      body(scope.inner())
    } finally {
      run.isEscaping = before
    }
  }
}

function compileBlock(node: BlockNode, place: Place): Execute {
  const { name, line } = node
  if (place.blocks.has(name)) throw new TemplateError('TemplateAssertionError', `block ${reprString(name)} defined twice`, line)
  // Taken before the body is compiled, which may hold another block of that name.
  place.blocks.set(name, () => undefined)
  const body = compileBody(node.body, innerPlace(place))
  const parent = new Undefined(`there is no parent block called ${reprString(name)}.`)
  place.blocks.set(name, (outer) => {
    const inner = outer.inner()
    inner.set('super', parent)
    outer.run.budget.nested(() => body(inner))
  })
  return (scope) => {
    if (node.isRequired) throw new TemplateError('TemplateRuntimeError', `Required block ${reprString(name)} not found`)
    place.blocks.get(name)?.(node.isScoped ? scope : rootOf(scope))
  }
}

/** A block sees the names of the template, not those around it. */
function rootOf(scope: Scope): Scope {
  const root = scope.get(ROOT)
  return root instanceof RootReference ? root.scope : scope
}

/** No name that a template could write. */
const ROOT = ' root'

class RootReference extends PyObject {
  readonly typeName = 'root'
  readonly scope: Scope

  constructor(scope: Scope) {
    super()
    this.scope = scope
  }
}

/** Lets blocks find the outermost names again. */
export const markRoot = (scope: Scope): void => scope.set(ROOT, new RootReference(scope))

function compileReference(node: Extract<Statement, { type: 'template-reference' }>, place: Place): Execute {
  if (node.isExtends && !place.isTopLevel)
    throw new TemplateError('TemplateAssertionError', 'cannot use extend from a non top-level scope', node.line)
  const template = compileExpression(node.template, place)
  return (scope) => {
    const value = template(scope)
    if (value instanceof Undefined) value.fail()
    throw new TemplateError('TypeError', 'no loader for this environment specified')
  }
}
