import { methodOf } from '../objects/callables.ts'
import type { Dict } from '../objects/dict.ts'
import { type Printer, PyObject, type PyValue } from '../objects/py-object.ts'
import { Tuple } from '../objects/sequences.ts'
import type { Arguments, Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'

/** Jinja's namespace: what loops may change of the world around them. */
export class Namespace extends PyObject {
  readonly typeName = 'Namespace'
  override readonly module = 'jinja2.utils'
  private readonly members: Dict

  constructor(members: Dict) {
    super()
    this.members = members
  }

  set(name: string, value: PyValue): void {
    this.members.set(name, value)
  }

  override attribute(name: string): PyValue | undefined {
    return this.members.get(name)
  }

  override repr(printer: Printer): string {
    return printer.inside(this, '<Namespace ...>', () => `<Namespace ${printer.repr(this.members)}>`)
  }
}

/** Gives its items in turn. */
export class Cycler extends PyObject {
  readonly typeName = 'Cycler'
  override readonly module = 'jinja2.utils'
  private readonly items: readonly PyValue[]
  private position = 0

  constructor(items: readonly PyValue[]) {
    super()
    if (items.length === 0) throw new TemplateError('RuntimeError', 'at least one item has to be provided')
    this.items = items
  }

  override attribute(name: string): PyValue | undefined {
    if (name === 'current') return this.current
    if (name === 'items') return new Tuple(this.items)
    if (name === 'pos') return this.position
    if (name === 'next') return methodOf('Cycler', 'next', () => this.next())
    return name === 'reset' ? methodOf('Cycler', 'reset', () => this.reset()) : undefined
  }

  private get current(): PyValue {
    return this.items[this.position] ?? null
  }

  private next(): PyValue {
    const { current } = this
    this.position = (this.position + 1) % this.items.length
    return current
  }

  private reset(): null {
    this.position = 0
    return null
  }
}

/** Nothing the first time, its separator ever after. */
export class Joiner extends PyObject {
  readonly typeName = 'Joiner'
  override readonly module = 'jinja2.utils'
  private readonly separator: PyValue
  private isUsed = false

  constructor(separator: PyValue) {
    super()
    this.separator = separator
  }

  override call(_args: Arguments, _run: Run): PyValue {
    if (this.isUsed) return this.separator
    this.isUsed = true
    return ''
  }

  override get isCallable(): boolean {
    return true
  }
}
