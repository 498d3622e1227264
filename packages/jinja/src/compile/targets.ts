import { Namespace } from '../globals/namespace.ts'
import type { PyValue } from '../objects/py-object.ts'
import { iterateOrNothing, typeName } from '../objects/types.ts'
import type { Run } from '../run.ts'
import type { Expression, Target } from '../syntax/nodes.ts'
import { TemplateError } from '../template-error.ts'
import type { Scope } from './scope.ts'

export type Assign = (scope: Scope, value: PyValue) => void

/** What assigns a value to a name, to several, or to a namespace. */
export function compileTarget(target: Target): Assign {
  if (target.type === 'name') {
    const { name } = target
    return (scope, value) => scope.set(name, value)
  }
  if (target.type === 'namespace-target') return compileNamespaceTarget(target.name, target.attribute)
  const parts = target.items.map((item) => compileTarget(toTarget(item)))
  return (scope, value) => {
    const values = unpack(value, parts.length, scope.run)
    for (const [index, assign] of parts.entries()) assign(scope, values[index] ?? null)
  }
}

function toTarget(node: Expression): Target {
  if (node.type === 'name' || node.type === 'tuple') return node
  throw new TemplateError('TemplateSyntaxError', `can't assign to '${node.type}'`, node.line)
}

function compileNamespaceTarget(name: string, attribute: string): Assign {
  return (scope, value) => {
    const namespace = scope.get(name)
    if (!(namespace instanceof Namespace))
      throw new TemplateError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object')
    namespace.set(attribute, value)
  }
}

function unpack(value: PyValue, count: number, run: Run): PyValue[] {
  const items = iterateOrNothing(value, run)
  if (!items) throw new TemplateError('TypeError', `cannot unpack non-iterable ${typeName(value)} object`)
  const values: PyValue[] = []
  for (const item of items) {
    if (values.length === count) throw new TemplateError('ValueError', `too many values to unpack (expected ${count})`)
    values.push(item)
  }
  if (values.length < count) throw new TemplateError('ValueError', `not enough values to unpack (expected ${count}, got ${values.length})`)
  return values
}
