import type { Float } from '@trellis/values'
import type { Arguments, Run } from '../run.ts'

/**
 * A value while a template runs. Lists are arrays that the template may change, so what comes in is copied;
 * everything else that Python has and JSON has not is a PyObject.
 */
export type PyValue = null | boolean | number | bigint | Float | string | PyValue[] | PyObject

/** The behaviour of a Python object, as far as templates can reach it. What a class does not define, its objects do not do. */
export abstract class PyObject {
  /** Python's `type(object).__name__`. */
  abstract readonly typeName: string
  /** Python's module of the type, where it is none of the builtins: Jinja's messages show it. */
  readonly module: string | undefined = undefined

  repr(_printer: Printer): string {
    return `<${this.typeName} object>`
  }

  str(printer: Printer): string {
    return this.repr(printer)
  }

  isTruthy(run: Run): boolean {
    return this.length(run) !== 0
  }

  length(_run: Run): number | undefined {
    return undefined
  }

  iterate(_run: Run): Iterable<PyValue> | undefined {
    return undefined
  }

  /** An attribute of the object's own. */
  attribute(_name: string, _run: Run): PyValue | undefined {
    return undefined
  }

  call(_args: Arguments, _run: Run): PyValue | undefined {
    return undefined
  }

  get isCallable(): boolean {
    return false
  }
}

/** Prints values, counting what it prints and knowing what it is inside of. */
export interface Printer {
  readonly run: Run
  repr(value: PyValue): string
  str(value: PyValue): string
  /** Prints a container's inside, or the mark where it holds itself. */
  inside(container: object, mark: string, print: () => string): string
}
