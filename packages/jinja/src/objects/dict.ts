import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { keyOf } from './keys.ts'
import { type Printer, PyObject, type PyValue } from './py-object.ts'
import { Tuple } from './sequences.ts'

/** Python's dict: any hashable key, in the order in which they came. */
export class Dict extends PyObject {
  readonly typeName = 'dict'
  private readonly members = new Map<unknown, readonly [PyValue, PyValue]>()

  static of(entries: Iterable<readonly [PyValue, PyValue]>): Dict {
    const dict = new Dict()
    for (const [key, value] of entries) dict.set(key, value)
    return dict
  }

  get size(): number {
    return this.members.size
  }

  get(key: PyValue): PyValue | undefined {
    return this.members.get(typeof key === 'string' ? key : keyOf(key))?.[1]
  }

  /** A key that is there keeps its first form and place, as in Python. */
  set(key: PyValue, value: PyValue): void {
    const id = keyOf(key)
    this.members.set(id, [this.members.get(id)?.[0] ?? key, value])
  }

  delete(key: PyValue): void {
    this.members.delete(keyOf(key))
  }

  clear(): void {
    this.members.clear()
  }

  entries(): Iterable<readonly [PyValue, PyValue]> {
    return this.members.values()
  }

  *keys(): Iterable<PyValue> {
    const { size } = this
    for (const [key] of this.members.values()) {
      yield key
      if (this.size !== size) throw new TemplateError('RuntimeError', 'dictionary changed size during iteration')
    }
  }

  override repr(printer: Printer): string {
    return printer.inside(this, '{...}', () => {
      const members = Array.from(this.entries(), ([key, value]) => `${printer.repr(key)}: ${printer.repr(value)}`)
      return `{${members.join(', ')}}`
    })
  }

  override length(): number {
    return this.size
  }

  override iterate(): Iterable<PyValue> {
    return this.keys()
  }
}

/** `dict.keys()`, `.values()` and `.items()`: they follow the dict. */
export class DictView extends PyObject {
  readonly typeName: string
  readonly dict: Dict
  readonly kind: 'keys' | 'values' | 'items'

  constructor(dict: Dict, kind: 'keys' | 'values' | 'items') {
    super()
    this.dict = dict
    this.kind = kind
    this.typeName = `dict_${kind}`
  }

  override repr(printer: Printer): string {
    return printer.inside(this, '...', () => `${this.typeName}(${printer.repr([...this.iterate(printer.run)])})`)
  }

  override length(): number {
    return this.dict.size
  }

  override *iterate(run: Run): Iterable<PyValue> {
    for (const key of this.dict.keys()) {
      run.budget.spend(1)
      const value = this.dict.get(key) ?? null
      yield this.kind === 'keys' ? key : this.kind === 'values' ? value : new Tuple([key, value])
    }
  }
}
