import { reprString } from '@trellis/values'
import { Dict } from '../objects/dict.ts'
import { PyObject, type PyValue } from '../objects/py-object.ts'
import { textOf, toList, typeName } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Arguments, Run } from '../run.ts'
import type { CallArguments, Expression } from '../syntax/nodes.ts'
import { TemplateError } from '../template-error.ts'
import type { Evaluate, Scope } from './scope.ts'

const NONE: Arguments = { positional: [], named: undefined }

/** The arguments of a call as a function of the names around it. */
export function compileArguments(nodes: CallArguments, compile: (node: Expression) => Evaluate): (scope: Scope) => Arguments {
  if (nodes.positional.length + nodes.named.length === 0 && !nodes.rest && !nodes.namedRest) return () => NONE
  const positional = nodes.positional.map(compile)
  const named = nodes.named.map(({ key, value }) => [key, compile(value)] as const)
  const rest = nodes.rest && compile(nodes.rest)
  const namedRest = nodes.namedRest && compile(nodes.namedRest)
  return (scope) => {
    const values = positional.map((evaluate) => evaluate(scope))
    if (rest) values.push(...bounded(toList(rest(scope), scope.run)))
    if (named.length === 0 && !namedRest) return { positional: values, named: undefined }
    const byName = new Map(named.map(([key, evaluate]) => [key, evaluate(scope)] as const))
    if (namedRest) addNamed(byName, namedRest(scope))
    return { positional: values, named: byName }
  }
}

/** As many as a call takes in JavaScript without harm. */
const MAX_ARGUMENTS = 10_000

function bounded(values: PyValue[]): PyValue[] {
  if (values.length > MAX_ARGUMENTS) throw new TemplateError('LimitError', `A call with more than ${MAX_ARGUMENTS} arguments is refused.`)
  return values
}

function addNamed(named: Map<string, PyValue>, more: PyValue): void {
  if (more instanceof Undefined) more.fail()
  if (!(more instanceof Dict)) throw new TemplateError('TypeError', `argument after ** must be a mapping, not ${typeName(more)}`)
  for (const [key, value] of more.entries()) {
    const name = textOf(key)
    if (name === undefined) throw new TemplateError('TypeError', 'keywords must be strings')
    if (named.has(name)) throw new TemplateError('TypeError', `got multiple values for keyword argument ${reprString(name)}`)
    named.set(name, value)
  }
}

/** Calls a value. Throws Python's TypeError where it cannot be called. */
export function callValue(callee: PyValue, args: Arguments, run: Run): PyValue {
  run.budget.spend(1)
  const result = callee instanceof PyObject ? callee.call(args, run) : undefined
  if (result === undefined) throw new TemplateError('TypeError', `'${typeName(callee)}' object is not callable`)
  return result
}
