import type { Budget } from './limits.ts'
import type { PyValue } from './objects/py-object.ts'

/** What the parts of the runtime need of each other without knowing one another. */
export interface Runtime {
  /** `value.name`, an Undefined where there is nothing of that name. */
  attribute(value: PyValue, name: string, run: Run): PyValue
  /** What the value itself has by that name, as Python's own `getattr` finds it. */
  ownAttribute(value: PyValue, name: string, run: Run): PyValue | undefined
  /** What the value itself holds under the key, as Python's own `value[key]` finds it. */
  heldItem(value: PyValue, key: PyValue): PyValue | undefined
  /** `value[key]`, an Undefined where there is nothing under that key. */
  item(value: PyValue, key: PyValue, run: Run): PyValue
  filter(name: string): Builtin | undefined
  test(name: string): Builtin | undefined
  /** At least 0, less than 1. */
  random(): number
}

/** What a call passes. */
export interface Arguments {
  readonly positional: readonly PyValue[]
  readonly named: ReadonlyMap<string, PyValue> | undefined
}

export type Builtin = (args: Arguments, run: Run) => PyValue

/** One rendering: its limits, what it has written, whether it escapes. */
export class Run {
  readonly budget: Budget
  readonly runtime: Runtime
  isEscaping: boolean
  private output = ''

  constructor(budget: Budget, runtime: Runtime, isEscaping: boolean) {
    this.budget = budget
    this.runtime = runtime
    this.isEscaping = isEscaping
  }

  get written(): string {
    return this.output
  }

  write(text: string): void {
    this.output += text
    if (this.output.length > this.budget.maxLength) this.budget.allowText(this.output.length)
  }

  /** A text that may be used: counted, and refused where it is too long. */
  text(text: string): string {
    this.budget.allowText(text.length)
    return text
  }

  /** What an action writes, as a text instead. */
  capture(action: () => void): string {
    const outer = this.output
    this.output = ''
    try {
      action()
      return this.output
    } finally {
      this.output = outer
    }
  }
}
