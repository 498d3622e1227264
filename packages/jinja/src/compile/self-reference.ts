import { methodOf } from '../objects/callables.ts'
import { Markup } from '../objects/markup.ts'
import { PyObject, type PyValue } from '../objects/py-object.ts'
import type { Execute, Scope } from './scope.ts'

/** Jinja's `self`: the template's blocks as functions. */
export class SelfReference extends PyObject {
  readonly typeName = 'TemplateReference'
  override readonly module = 'jinja2.runtime'
  private readonly blocks: ReadonlyMap<string, Execute>
  private readonly scope: Scope

  constructor(blocks: ReadonlyMap<string, Execute>, scope: Scope) {
    super()
    this.blocks = blocks
    this.scope = scope
  }

  override repr(): string {
    return '<TemplateReference None>'
  }

  override attribute(name: string): PyValue | undefined {
    const block = this.blocks.get(name)
    return (
      block &&
      methodOf('BlockReference', name, (_args, run) => {
        const text = run.capture(() => block(this.scope))
        return run.isEscaping ? new Markup(text) : text
      })
    )
  }
}
