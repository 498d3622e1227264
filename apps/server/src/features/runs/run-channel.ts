import type { RunEvent } from '@trellis/contracts'

/** Consecutive events of one run; `firstOffset` is the place of the first. */
export interface EventBatch {
  readonly epoch: number
  readonly firstOffset: number
  readonly events: readonly RunEvent[]
}

/**
 * The events of a run that lives in this process. Keeps what the journal does not have yet; older events are read from there.
 * One writer (the run), any number of readers.
 */
export class RunChannel {
  readonly runId: string
  readonly epoch: number
  /** Resolves when no event follows. */
  readonly ended: Promise<void>
  readonly #resolveEnded: () => void
  #events: RunEvent[] = []
  /** Offset of `#events[0]`. */
  #base: number
  #journalled: number
  #isEnded = false
  #waiting: (() => void)[] = []
  readonly #wakeSoon: (channel: RunChannel) => void

  constructor(options: { runId: string; epoch: number; firstOffset: number; wakeSoon: (channel: RunChannel) => void }) {
    this.runId = options.runId
    this.epoch = options.epoch
    this.#base = options.firstOffset
    this.#journalled = options.firstOffset
    this.#wakeSoon = options.wakeSoon
    const { promise, resolve } = Promise.withResolvers<void>()
    this.ended = promise
    this.#resolveEnded = resolve
  }

  get nextOffset(): number {
    return this.#base + this.#events.length
  }

  get base(): number {
    return this.#base
  }

  /** Offset below which everything is in the journal. */
  get journalled(): number {
    return this.#journalled
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  append(event: RunEvent): void {
    this.#events.push(event)
    if (this.#waiting.length > 0) this.#wakeSoon(this)
  }

  /** No event follows. */
  end(): void {
    this.#isEnded = true
    this.#resolveEnded()
    this.wake()
  }

  /** What the journal has yet to get. */
  unjournalled(): EventBatch {
    return { epoch: this.epoch, firstOffset: this.#journalled, events: this.#events.slice(this.#journalled - this.#base) }
  }

  get hasUnjournalled(): boolean {
    return this.nextOffset > this.#journalled
  }

  /** Everything below the offset is safe; readers that are behind find it in the journal. */
  markJournalled(nextOffset: number): void {
    this.#journalled = Math.max(this.#journalled, nextOffset)
    const surplus = this.#journalled - this.#base - KEPT_EVENTS
    // Dropping one by one would copy the array each time.
    if (surplus < KEPT_EVENTS) return
    this.#events.splice(0, surplus)
    this.#base += surplus
  }

  /** Events from the offset on, as far as they are here; undefined where they must be read from the journal. */
  read(offset: number): EventBatch | undefined {
    if (offset < this.#base) return undefined
    return {
      epoch: this.epoch,
      firstOffset: offset,
      events: offset === this.#base ? this.#events.slice() : this.#events.slice(offset - this.#base),
    }
  }

  /** Resolves when there is something beyond the offset, or nothing more to come. */
  waitBeyond(offset: number): Promise<void> {
    if (this.nextOffset > offset || this.#isEnded) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Calls back once, when waiting readers are to look again. */
  onWake(look: () => void): void {
    this.#waiting.push(look)
  }

  /** Lets waiting readers look again, whether or not there is something new. */
  wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

/** Events kept beyond what the journal needs, so that readers at the tip seldom touch the database. */
const KEPT_EVENTS = 8

/** Wakes readers once a turn of the event loop, however many events came in it: one write to each socket instead of many. */
export function createWakeScheduler(): (channel: RunChannel) => void {
  const due = new Set<RunChannel>()
  const wakeAll = (): void => {
    const channels = [...due]
    due.clear()
    for (const channel of channels) channel.wake()
  }
  return (channel) => {
    if (due.size === 0) setImmediate(wakeAll)
    due.add(channel)
  }
}
