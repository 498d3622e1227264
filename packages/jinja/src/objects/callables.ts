import { reprString } from '@trellis/values'
import type { Arguments, Builtin, Run } from '../run.ts'
import { PyObject, type PyValue } from './py-object.ts'

/** A function of ours, or a method bound to its object. */
export class PyFunction extends PyObject {
  readonly typeName: string
  private readonly shown: string
  private readonly builtin: Builtin

  constructor(shown: string, typeName: string, builtin: Builtin) {
    super()
    this.shown = shown
    this.typeName = typeName
    this.builtin = builtin
  }

  override repr(): string {
    return this.shown
  }

  override call(args: Arguments, run: Run): PyValue {
    return this.builtin(args, run)
  }

  override get isCallable(): boolean {
    return true
  }
}

export const methodOf = (owner: string, name: string, builtin: Builtin): PyFunction =>
  new PyFunction(`<built-in method ${name} of ${owner} object>`, 'builtin_function_or_method', builtin)

export const typeFunction = (name: string, builtin: Builtin): PyFunction => new PyFunction(`<class ${reprString(name)}>`, 'type', builtin)
