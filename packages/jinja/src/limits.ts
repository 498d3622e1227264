import { TemplateError } from './template-error.ts'

/** What one rendering may take. Passing one is a TemplateError of kind LimitError. */
export interface Limits {
  /** Steps: about one for each node that is evaluated, each item that is touched and each few characters that are made. */
  readonly maxSteps?: number
  /** Characters of the result, and of any text on the way to it. */
  readonly maxLength?: number
  /** Macros, recursive loops and printing, one in the other. */
  readonly maxDepth?: number
  /** Asked every few thousand steps; true ends the rendering. For a deadline. */
  readonly isExpired?: () => boolean
}

const DEFAULTS = { maxSteps: 5_000_000, maxLength: 4_000_000, maxDepth: 150 }

/** How many steps pass between two looks at the deadline. */
const LOOK_EVERY = 4096
/** Characters that are made in one step. */
const CHARACTERS_A_STEP = 32
/** Items that are copied in one step. */
const ITEMS_A_STEP = 4

/** Counts what a rendering takes against its limits. */
export class Budget {
  readonly maxLength: number
  private readonly maxSteps: number
  private readonly maxDepth: number
  private readonly isExpired: (() => boolean) | undefined
  private steps = 0
  private nextLook: number
  private depth = 0

  constructor(limits: Limits = {}) {
    this.maxSteps = limits.maxSteps ?? DEFAULTS.maxSteps
    this.maxLength = limits.maxLength ?? DEFAULTS.maxLength
    this.maxDepth = limits.maxDepth ?? DEFAULTS.maxDepth
    this.isExpired = limits.isExpired
    this.nextLook = Math.min(LOOK_EVERY, this.maxSteps + 1)
  }

  /** Counts steps before they are taken. */
  spend(count: number): void {
    this.steps += count
    // So that NaN, which a fault of ours could make, ends the rendering too.
    if (!(this.steps < this.nextLook)) this.look()
  }

  private look(): void {
    if (!(this.steps <= this.maxSteps)) throw new TemplateError('LimitError', `The template takes more than ${this.maxSteps} steps.`)
    if (this.isExpired?.()) throw new TemplateError('LimitError', 'The template takes too long.')
    this.nextLook = Math.min(this.steps + LOOK_EVERY, this.maxSteps + 1)
  }

  /** Allows a text of a length, before it is made. */
  allowText(length: number): void {
    if (length > this.maxLength)
      throw new TemplateError('LimitError', `The template makes a text of more than ${this.maxLength} characters.`)
    this.spend(1 + length / CHARACTERS_A_STEP)
  }

  /** Allows a text that grows: what is put to it counts, not what was there, or building one piece by piece would cost the square. */
  growText(length: number, added: number): void {
    if (length > this.maxLength) this.allowText(length)
    this.spend(1 + added / CHARACTERS_A_STEP)
  }

  /** Counts items that are copied, several in one step. */
  copyItems(count: number): void {
    this.spend(count > this.maxSteps ? count : 1 + count / ITEMS_A_STEP)
  }

  /** Runs something one level deeper. */
  nested<Result>(action: () => Result): Result {
    if (this.depth >= this.maxDepth) throw new TemplateError('RecursionError', 'maximum recursion depth exceeded')
    this.depth++
    try {
      return action()
    } finally {
      this.depth--
    }
  }
}
