import type { RunEvent } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { Asker } from '../models/index.ts'
import type { AbortReason } from '../runs/index.ts'
import type { TurnSections } from './preflight.ts'
import { TurnText } from './turn-text.ts'

/** Looks at what an app says: at all of it so far, each time. */
export interface OutputCheck {
  /** What is shown instead; undefined where the text may stay. Never throws: an answer that could not be judged stays. */
  findReplacement(text: string, signal: AbortSignal): Promise<string | undefined>
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
 * end; text that may not stay is replaced, and what makes it is stopped.
 */
export class OutputGuard {
  /** Aborts with the run, and with `stop` where the text was replaced. */
  readonly signal: AbortSignal
  readonly #options: OutputGuardOptions
  readonly #stop = new AbortController()
  readonly #text = new TurnText()
  #length = 0
  #checkedLength = 0
  #checking: Promise<void> | undefined
  #replacement: string | undefined

  constructor(options: OutputGuardOptions) {
    this.#options = options
    this.signal = AbortSignal.any([options.signal, this.#stop.signal])
    this.#add(options.told ?? '')
  }

  tell(event: RunEvent): void {
    if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
      if (this.#replacement !== undefined) return
      if (event.type === 'text-delta') this.#add(event.text)
    }
    this.#options.tell(event)
    if (this.#length - this.#checkedLength >= CHARACTERS_BETWEEN_CHECKS) this.#checking ??= this.#check()
  }

  /** Looks at what is left. @returns what stands instead of the text, where it was replaced */
  async settle(): Promise<string | undefined> {
    await this.#checking
    const { signal } = this.#options
    // Another process goes on with it, or tells how it ended, and has the text looked at then.
    const isLeft = signal.aborted && leaving.has(signal.reason as AbortReason) // RunHost aborts with nothing else
    if (!isLeft && this.#length > this.#checkedLength) await this.#check()
    return this.#replacement
  }

  #add(text: string): void {
    this.#text.add(text)
    this.#length += text.length
  }

  async #check(): Promise<void> {
    if (this.#replacement !== undefined) return
    this.#checkedLength = this.#length
    const replacement = await this.#options.check.findReplacement(this.#text.answer, AbortSignal.timeout(CHECK_TIMEOUT_MS))
    this.#checking = undefined
    if (replacement === undefined) return
    this.#replacement = replacement
    this.#options.tell({ type: 'text-replace', text: replacement, reason: 'output_moderation' })
    const reason: AbortReason = 'stop'
    this.#stop.abort(reason)
  }
}

const leaving: ReadonlySet<AbortReason> = new Set(['shutdown', 'lost'])
