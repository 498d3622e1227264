import { Float, integerText, reprFloat, reprString } from '@trellis/values'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { type Printer, PyObject, type PyValue } from './py-object.ts'

/** Python's `str(value)`. */
export function str(value: PyValue, run: Run): string {
  if (typeof value === 'string') return value
  if (value instanceof PyObject) return value.str(new ContainerPrinter(run))
  return repr(value, run)
}

/** Python's `repr(value)`. */
export function repr(value: PyValue, run: Run): string {
  return isContainer(value) ? run.text(new ContainerPrinter(run).repr(value)) : reprScalar(value)
}

const isContainer = (value: PyValue): value is PyValue[] | PyObject =>
  typeof value === 'object' && value !== null && !(value instanceof Float)

/** Python refuses to print integers of more digits, because that takes long. */
const MAX_DIGITS = 4300

function reprScalar(value: null | boolean | number | bigint | Float | string): string {
  if (typeof value === 'string') return reprString(value)
  if (typeof value === 'number') return Number.isInteger(value) ? integerText(value) : reprFloat(value)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'bigint' ? bigText(value) : reprFloat(value.value)
}

export function bigText(value: bigint): string {
  const text = value.toString()
  if (text.length - (value < 0n ? 1 : 0) > MAX_DIGITS)
    throw new TemplateError('ValueError', `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion`)
  return text
}

class ContainerPrinter implements Printer {
  readonly run: Run
  private readonly open: object[] = []
  /** Characters so far: each level is counted as it is put into the one above, so the count bounds what is made. */
  private length = 0

  constructor(run: Run) {
    this.run = run
  }

  str(value: PyValue): string {
    return typeof value === 'string' ? value : this.repr(value)
  }

  repr(value: PyValue): string {
    this.run.budget.spend(1)
    const text = this.textOf(value)
    if (!isContainer(value)) this.length += text.length
    if (this.length > this.run.budget.maxLength) this.run.budget.allowText(this.length)
    return text
  }

  private textOf(value: PyValue): string {
    if (!isContainer(value)) return reprScalar(value)
    if (Array.isArray(value)) return this.inside(value, '[...]', () => `[${value.map((item) => this.repr(item)).join(', ')}]`)
    return value.repr(this)
  }

  inside(container: object, mark: string, print: () => string): string {
    if (this.open.includes(container)) return mark
    this.open.push(container)
    const text = this.run.budget.nested(print)
    this.open.pop()
    return text
  }
}
