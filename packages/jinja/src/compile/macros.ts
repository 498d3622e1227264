import { reprString } from '@trellis/values'
import { Dict } from '../objects/dict.ts'
import { Markup } from '../objects/markup.ts'
import { PyObject, type PyValue } from '../objects/py-object.ts'
import { Tuple } from '../objects/sequences.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Arguments, Run } from '../run.ts'
import type { CallBlockNode, MacroNode } from '../syntax/nodes.ts'
import { TemplateError } from '../template-error.ts'
import { compileExpression } from './expressions.ts'
import { type Evaluate, type Execute, innerPlace, type Place, type Scope } from './scope.ts'
import { findUndeclared } from './undeclared-names.ts'

interface MacroDefinition {
  /** None for the body of a call block. */
  readonly name: string | null
  readonly parameters: readonly { readonly name: string; readonly fallback: Evaluate | undefined }[]
  /** Which of `caller`, `kwargs` and `varargs` the body asks for. */
  readonly extras: ReadonlySet<string>
  readonly body: Execute
}

/** Macros as Jinja has them: functions that return what they print. */
class Macro extends PyObject {
  readonly typeName = 'Macro'
  override readonly module = 'jinja2.runtime'
  private readonly definition: MacroDefinition
  private readonly scope: Scope

  constructor(definition: MacroDefinition, scope: Scope) {
    super()
    this.definition = definition
    this.scope = scope
  }

  override repr(): string {
    return `<Macro ${this.definition.name === null ? 'anonymous' : reprString(this.definition.name)}>`
  }

  override get isCallable(): boolean {
    return true
  }

  override attribute(name: string): PyValue | undefined {
    const { parameters, extras } = this.definition
    if (name === 'name') return this.definition.name
    if (name === 'arguments') return new Tuple(parameters.map((parameter) => parameter.name))
    if (name === 'catch_kwargs') return extras.has('kwargs')
    if (name === 'catch_varargs') return extras.has('varargs')
    return name === 'caller' ? extras.has('caller') : undefined
  }

  override call(args: Arguments, run: Run): PyValue {
    const inner = this.scope.inner()
    const text = run.budget.nested(() => {
      this.bind(inner, args)
      return run.capture(() => this.definition.body(inner))
    })
    return run.isEscaping ? new Markup(text) : text
  }

  private bind(inner: Scope, { positional, named }: Arguments): void {
    const { parameters, extras } = this.definition
    const rest = new Map(named)
    const missing: { readonly name: string; readonly fallback: Evaluate | undefined }[] = []
    for (const [index, parameter] of parameters.entries()) {
      const value = index < positional.length ? positional[index] : rest.get(parameter.name)
      if (index >= positional.length) rest.delete(parameter.name)
      if (value === undefined) missing.push(parameter)
      else inner.set(parameter.name, value)
    }
    this.bindExtras(inner, positional, rest)
    // In order, so that a default may name an earlier parameter.
    for (const { name, fallback } of missing)
      inner.set(name, fallback ? fallback(inner) : new Undefined(`parameter ${reprString(name)} was not provided`))
    if (extras.has('varargs')) inner.set('varargs', new Tuple(positional.slice(parameters.length)))
  }

  private bindExtras(inner: Scope, positional: readonly PyValue[], rest: Map<string, PyValue>): void {
    const { parameters, extras, name } = this.definition
    const shown = name === null ? 'None' : reprString(name)
    const takesCaller = parameters.some((parameter) => parameter.name === 'caller')
    if (extras.has('caller') && !takesCaller) {
      const caller = rest.get('caller')
      rest.delete('caller')
      inner.set('caller', caller === undefined || caller === null ? new Undefined('No caller defined') : caller)
    }
    const [extra] = rest.keys()
    if (extras.has('kwargs')) inner.set('kwargs', Dict.of(rest))
    else if (extra === 'caller')
      throw typeFault(`macro ${shown} was invoked with two values for the special caller argument. This is most likely a bug.`)
    else if (extra !== undefined) throw typeFault(`macro ${shown} takes no keyword argument ${reprString(extra)}`)
    if (positional.length > parameters.length && !extras.has('varargs'))
      throw typeFault(`macro ${shown} takes not more than ${parameters.length} argument(s)`)
  }
}

const typeFault = (message: string): TemplateError => new TemplateError('TypeError', message)

/** What makes a macro, or the caller of a call block, of the names around it. */
export function compileMacro(
  node: MacroNode | CallBlockNode,
  place: Place,
  compileBody: (body: MacroNode['body'], place: Place) => Execute,
): (scope: Scope) => PyObject {
  const inner = innerPlace(place)
  const firstDefault = node.parameters.length - node.defaults.length
  const parameters = node.parameters.map((name, index) => {
    const fallback = node.defaults[index - firstDefault]
    return { name, fallback: fallback && compileExpression(fallback, inner) }
  })
  const used = findUndeclared(node.body, ['caller', 'kwargs', 'varargs'])
  if (used.has('caller') && parameters.some(({ name, fallback }) => name === 'caller' && !fallback))
    throw new TemplateError(
      'TemplateAssertionError',
      'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
      node.line,
    )
  const extras = new Set([...used].filter((name) => name === 'caller' || !node.parameters.includes(name)))
  const definition = { name: node.type === 'macro' ? node.name : null, parameters, extras, body: compileBody(node.body, inner) }
  return (scope) => new Macro(definition, scope)
}
