import { reprString } from '@trellis/values'
import type { Run } from '../run.ts'
import { TemplateError, type TemplateErrorKind } from '../template-error.ts'
import { PyObject, type PyValue } from './py-object.ts'

/** Jinja's undefined: prints as nothing, is false and empty; any other use is an error that says what was missing. */
export class Undefined extends PyObject {
  readonly typeName = 'Undefined'
  override readonly module = 'jinja2.runtime'
  readonly message: string
  private readonly kind: TemplateErrorKind

  constructor(message: string, kind: TemplateErrorKind = 'UndefinedError') {
    super()
    this.message = message
    this.kind = kind
  }

  fail(): never {
    throw new TemplateError(this.kind, this.message)
  }

  override repr(): string {
    return 'Undefined'
  }

  override str(): string {
    return ''
  }

  override length(): number {
    return 0
  }

  override iterate(): Iterable<PyValue> {
    return []
  }

  override attribute(name: string): undefined {
    if (!name.startsWith('__')) this.fail()
  }

  override call(): never {
    return this.fail()
  }

  override isTruthy(_run: Run): boolean {
    return false
  }
}

export const undefinedName = (name: string): Undefined => new Undefined(`${reprString(name)} is undefined`)
