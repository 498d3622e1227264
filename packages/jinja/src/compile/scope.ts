import type { PyValue } from '../objects/py-object.ts'
import type { Run } from '../run.ts'

/** The names of one frame of a template, and those around it. `if` opens none; loops, macros, blocks and `with` do. */
export class Scope {
  readonly run: Run
  private readonly outer: { get(name: string): PyValue | undefined }
  private readonly names = new Map<string, PyValue>()

  constructor(run: Run, outer: { get(name: string): PyValue | undefined }) {
    this.run = run
    this.outer = outer
  }

  get(name: string): PyValue | undefined {
    const value = this.names.get(name)
    return value === undefined ? this.outer.get(name) : value
  }

  set(name: string, value: PyValue): void {
    this.names.set(name, value)
  }

  inner(): Scope {
    return new Scope(this.run, this)
  }
}

export type Evaluate = (scope: Scope) => PyValue
export type Execute = (scope: Scope) => void

/** What is known of a place while it is compiled. */
export interface Place {
  /** Within an `if`: an unknown filter is an error only when it is reached. */
  readonly isSoft: boolean
  /** Whether what is printed is escaped; undefined where that is known only when it runs. */
  readonly isEscaping: boolean | undefined
  /** Not within a loop, macro, block or the like. */
  readonly isTopLevel: boolean
  /** The template's blocks by name, filled as they are compiled. */
  readonly blocks: Map<string, Execute>
}

export const innerPlace = (place: Place): Place => ({ ...place, isSoft: false, isTopLevel: false })
