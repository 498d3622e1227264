import type { RunEvent } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { Asker } from '../models/index.ts'
import type { AbortReason } from '../runs/index.ts'
import type { TurnSections } from './preflight.ts'
import { TurnText } from './turn-text.ts'

/** Looks at what an app says: at all of it so far, each time. */
export interface OutputCheck {
  /** What is shown instead; undefined where the text may stay. Never throws: an answer that could not be judged stays. */
  findReplacement(text: string, signal: AbortSignal): Promise<Replacement | undefined>
}

export interface Replacement {
  readonly text: string
  /** Whether nothing is said after it; else it stands for what was looked at, and the answer goes on. */
  readonly isLast: boolean
}

/** An answer that is about to be given. */
export interface GuardedAnswer extends Asker {
  readonly app: AppsTable
  readonly config: TurnSections
  readonly runId: string
  readonly messageId: string
}

/** Who looks at the answer; undefined where nobody does. */
export type FindOutputCheck = (answer: GuardedAnswer) => OutputCheck | undefined

interface OutputGuardOptions {
  readonly check: OutputCheck
  /** Of the run. */
  readonly signal: AbortSignal
  /** Where events go on to. */
  readonly tell: (event: RunEvent) => void
  /** Text that readers have already and nobody looked at. */
  readonly told?: string
}

/** As many characters more, and the text is looked at again (Dify's MODERATION_BUFFER_SIZE). */
const CHARACTERS_BETWEEN_CHECKS = 300
const CHECK_TIMEOUT_MS = 60_000

/**
 * Stands between an answer and its readers. Text passes at once and is looked at beside, whenever there is enough more of it and at the
 * end; text that may not stay is replaced, in whole or as far as it was looked at. What makes it is stopped where that is the end.
 */
export class OutputGuard {
  /** Aborts with the run, and with `stop` where the text was replaced for good. */
  readonly signal: AbortSignal
  readonly #options: OutputGuardOptions
  readonly #stop = new AbortController()
  readonly #text = new TurnText()
  #length = 0
  #checkedLength = 0
  #checking: Promise<void> | undefined
  #isReplaced = false
  #isOver = false

  constructor(options: OutputGuardOptions) {
    this.#options = options
    this.signal = AbortSignal.any([options.signal, this.#stop.signal])
    this.#add(options.told ?? '')
  }

  tell(event: RunEvent): void {
    if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
      if (this.#isOver) return
      if (event.type === 'text-delta') this.#add(event.text)
    }
    this.#options.tell(event)
    if (this.#length - this.#checkedLength >= CHARACTERS_BETWEEN_CHECKS) this.#checking ??= this.#check()
  }

  /** Looks at what is left. @returns all that stands instead of the text, where it was replaced */
  async settle(): Promise<string | undefined> {
    await this.#checking
    const { signal } = this.#options
    // Another process goes on with it, or tells how it ended, and has the text looked at then.
    const isLeft = signal.aborted && leaving.has(signal.reason as AbortReason) // RunHost aborts with nothing else
    if (!isLeft && this.#length > this.#checkedLength) await this.#check()
    return this.#isReplaced ? this.#text.answer : undefined
  }

  #add(text: string): void {
    this.#text.add(text)
    this.#length += text.length
  }

  async #check(): Promise<void> {
    if (this.#isOver) return
    const checked = this.#text.answer
    this.#checkedLength = this.#length
    const replacement = await this.#options.check.findReplacement(checked, AbortSignal.timeout(CHECK_TIMEOUT_MS))
    this.#checking = undefined
    if (replacement) this.#replace(checked, replacement)
  }

  #replace(checked: string, { text, isLast }: Replacement): void {
    if (!isLast && text === checked) return
    const standing = isLast ? text : text + this.#text.answer.slice(checked.length)
    this.#text.replace(standing)
    this.#length = standing.length
    this.#checkedLength = text.length
    this.#isReplaced = true
    this.#options.tell({ type: 'text-replace', text: standing, reason: 'output_moderation' })
    if (!isLast) return
    this.#isOver = true
    const reason: AbortReason = 'stop'
    this.#stop.abort(reason)
  }
}

const leaving: ReadonlySet<AbortReason> = new Set(['shutdown', 'lost'])
