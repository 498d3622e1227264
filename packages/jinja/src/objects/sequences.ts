import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { type Printer, PyObject, type PyValue } from './py-object.ts'

/** A tuple, or a named one: then its fields are attributes. */
export class Tuple extends PyObject {
  readonly typeName = 'tuple'
  readonly items: readonly PyValue[]
  private readonly fields: readonly string[]

  constructor(items: readonly PyValue[], fields: readonly string[] = []) {
    super()
    this.items = items
    this.fields = fields
  }

  override repr(printer: Printer): string {
    const items = (): string => this.items.map((item) => printer.repr(item)).join(', ')
    return printer.inside(this, '(...)', () => `(${items()}${this.items.length === 1 ? ',' : ''})`)
  }

  override length(): number {
    return this.items.length
  }

  override iterate(): Iterable<PyValue> {
    return this.items
  }

  override attribute(name: string): PyValue | undefined {
    return this.items[this.fields.indexOf(name)]
  }
}

/** Python's range. */
export class PyRange extends PyObject {
  readonly typeName = 'range'
  readonly start: number
  readonly step: number
  readonly count: number
  private readonly stop: number

  constructor(start: number, stop: number, step: number) {
    super()
    if (step === 0) throw new TemplateError('ValueError', 'range() arg 3 must not be zero')
    this.start = start
    this.stop = stop
    this.step = step
    this.count = Math.max(0, Math.ceil((stop - start) / step))
  }

  at(index: number): number {
    return this.start + index * this.step
  }

  override repr(): string {
    return this.step === 1 ? `range(${this.start}, ${this.stop})` : `range(${this.start}, ${this.stop}, ${this.step})`
  }

  override length(): number {
    return this.count
  }

  override *iterate(): Iterable<PyValue> {
    for (let index = 0; index < this.count; index++) yield this.at(index)
  }

  override attribute(name: string): PyValue | undefined {
    if (name === 'start') return this.start
    if (name === 'stop') return this.stop
    return name === 'step' ? this.step : undefined
  }
}

/** What is gone through once: generators and iterators. */
export class PyIterator extends PyObject {
  readonly typeName: string
  private readonly iterator: Iterator<PyValue>

  constructor(items: Iterable<PyValue>, typeName = 'generator') {
    super()
    this.iterator = items[Symbol.iterator]()
    this.typeName = typeName
  }

  override isTruthy(): boolean {
    return true
  }

  override *iterate(run: Run): Iterable<PyValue> {
    for (let next = this.iterator.next(); !next.done; next = this.iterator.next()) {
      run.budget.spend(1)
      yield next.value
    }
  }
}
