import { methodOf } from '../objects/callables.ts'
import { isEqual } from '../objects/compare.ts'
import { PyObject, type PyValue } from '../objects/py-object.ts'
import { Tuple } from '../objects/sequences.ts'
import { iterate, lengthOf } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Arguments, Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'

/** Jinja's `loop`: where a loop stands, and what comes before and after. */
export class LoopContext extends PyObject {
  readonly typeName = 'LoopContext'
  override readonly module = 'jinja2.runtime'
  private readonly depth0: number
  private readonly recurse: ((iterable: PyValue, depth: number) => PyValue) | undefined
  private iterator: Iterator<PyValue>
  private knownLength: number | undefined
  private index0 = -1
  private before: PyValue | undefined
  private current: PyValue | undefined
  /** What was looked at already but is not yet current. */
  private after: PyValue | undefined
  private lastChanged: Tuple | undefined

  constructor(
    items: Iterable<PyValue>,
    length: number | undefined,
    depth0: number,
    recurse?: (iterable: PyValue, depth: number) => PyValue,
  ) {
    super()
    this.iterator = items[Symbol.iterator]()
    this.knownLength = length
    this.depth0 = depth0
    this.recurse = recurse
  }

  static of(value: PyValue, run: Run, depth0: number, recurse?: (iterable: PyValue, depth: number) => PyValue): LoopContext {
    return new LoopContext(iterate(value, run), lengthOf(value, run), depth0, recurse)
  }

  /** The next item, or undefined behind the last. */
  advance(): PyValue | undefined {
    const next = this.peek()
    if (next === undefined) return undefined
    this.after = undefined
    this.index0++
    this.before = this.current
    this.current = next
    return next
  }

  private peek(): PyValue | undefined {
    if (this.after !== undefined) return this.after
    const next = this.iterator.next()
    if (next.done) return undefined
    this.after = next.value
    return next.value
  }

  override length(run: Run): number {
    if (this.knownLength === undefined) {
      const rest: PyValue[] = []
      for (let next = this.iterator.next(); !next.done; next = this.iterator.next()) {
        run.budget.spend(1)
        rest.push(next.value)
      }
      this.iterator = rest[Symbol.iterator]()
      this.knownLength = rest.length + this.index0 + 1 + (this.after === undefined ? 0 : 1)
    }
    return this.knownLength
  }

  override isTruthy(run: Run): boolean {
    return this.length(run) !== 0
  }

  override attribute(name: string, run: Run): PyValue | undefined {
    switch (name) {
      case 'index':
        return this.index0 + 1
      case 'index0':
        return this.index0
      case 'first':
        return this.index0 === 0
      case 'last':
        return this.peek() === undefined
      case 'length':
        return this.length(run)
      case 'revindex':
        return this.length(run) - this.index0
      case 'revindex0':
        return this.length(run) - this.index0 - 1
      case 'depth':
        return this.depth0 + 1
      case 'depth0':
        return this.depth0
      case 'previtem':
        return this.index0 === 0 || this.before === undefined ? new Undefined('there is no previous item') : this.before
      case 'nextitem':
        return this.nextItem()
      case 'cycle':
        return methodOf('LoopContext', 'cycle', ({ positional }) => this.cycle(positional))
      case 'changed':
        return methodOf('LoopContext', 'changed', ({ positional }, inner) => this.hasChanged(positional, inner))
      default:
        return undefined
    }
  }

  private nextItem(): PyValue {
    const next = this.peek()
    return next === undefined ? new Undefined('there is no next item') : next
  }

  private cycle(items: readonly PyValue[]): PyValue {
    if (items.length === 0) throw new TemplateError('TypeError', 'no items for cycling given')
    return items[this.index0 % items.length] ?? null
  }

  private hasChanged(values: readonly PyValue[], run: Run): boolean {
    const given = new Tuple(values)
    if (this.lastChanged && isEqual(this.lastChanged, given, run)) return false
    this.lastChanged = given
    return true
  }

  override call({ positional }: Arguments, _run: Run): PyValue {
    if (!this.recurse) throw new TemplateError('TypeError', "The loop must have the 'recursive' marker to be called recursively.")
    const [iterable] = positional
    if (iterable === undefined)
      throw new TemplateError('TypeError', "LoopContext.__call__() missing 1 required positional argument: 'iterable'")
    return this.recurse(iterable, this.depth0 + 1)
  }

  override get isCallable(): boolean {
    return true
  }

  override repr({ run }: { readonly run: Run }): string {
    return `<LoopContext ${this.index0 + 1}/${this.length(run)}>`
  }
}
