import { endsRun, pausesRun, toBatch } from './event-batch.ts'
import { cut } from './inbox.ts'
import type { EventBatch, RunChannel } from './run-channel.ts'
import type { RunEventsRow } from './runs.repository.ts'

/** Where a reader stopped: the life of the run and the offset of the last event that it has. */
export interface StreamPosition {
  readonly epoch: number
  readonly offset: number
}

export interface ChannelReaderOptions {
  readonly channel: RunChannel
  /** Of the first event that is wanted. */
  readonly offset: number
  readonly signal: AbortSignal
  /** A page of the journal from the offset on, for a reader that has fallen behind the channel. */
  readonly readStored: (offset: number) => Promise<readonly RunEventsRow[]>
  /** What follows where the channel ends before the run does: another process has taken it over. */
  readonly followNextLife: (after: StreamPosition) => AsyncIterator<EventBatch, undefined>
  /** Goes on behind a pause instead of ending there. */
  readonly followsPauses: boolean
}

type Result = IteratorResult<EventBatch, undefined>

const over: Result = { done: true, value: undefined }

/**
 * Reads a run at the tip of its channel, and in the journal where it has fallen behind. A hand-made iterator, because this is the hot
 * path: the promises of a generator around each token would be most of what a thousand open streams leave to the garbage collector.
 */
export class ChannelReader implements AsyncIterableIterator<EventBatch, undefined> {
  readonly #options: ChannelReaderOptions
  readonly #wake: () => void
  #offset: number
  #stored: RunEventsRow[] = []
  #nextLife: AsyncIterator<EventBatch, undefined> | undefined
  #isOver = false
  #resolve: (result: Result | Promise<Result>) => void = () => undefined

  constructor(options: ChannelReaderOptions) {
    this.#options = options
    this.#offset = options.offset
    this.#wake = () => options.channel.wake()
    options.signal.addEventListener('abort', this.#wake, { once: true })
  }

  /** At the tip of the channel one promise a batch, and nothing else that has to be collected. */
  next(): Promise<Result> {
    return new Promise(this.#begin)
  }

  readonly #begin = (resolve: (result: Result | Promise<Result>) => void): void => {
    this.#resolve = resolve
    this.#look()
  }

  /** Tells what is there, or comes back when the channel wakes its readers. */
  readonly #look = (): void => {
    const { channel, signal } = this.#options
    const batch = this.#stored.length === 0 && !this.#nextLife ? channel.read(this.#offset) : undefined
    if (this.#isOver || signal.aborted) this.#resolve(this.#end())
    else if (batch && batch.events.length > 0) this.#resolve(this.#take(batch))
    else if (batch && !channel.isEnded) channel.onWake(this.#look)
    else this.#resolve(this.#search())
  }

  /** What is next where it is not at the tip: in the journal, or in the run's next life. */
  async #search(): Promise<Result> {
    const { channel, signal } = this.#options
    while (!this.#isOver && !signal.aborted) {
      if (this.#nextLife) return this.#nextLife.next()
      const batch = this.#takeStored() ?? channel.read(this.#offset)
      if (!batch) await this.#readStored()
      else if (batch.events.length > 0) return this.#take(batch)
      else if (channel.isEnded) this.#nextLife = this.#options.followNextLife({ epoch: channel.epoch, offset: this.#offset - 1 })
      else await channel.waitBeyond(this.#offset)
    }
    return this.#end()
  }

  async return(): Promise<Result> {
    await this.#nextLife?.return?.()
    return this.#end()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #take(batch: EventBatch): Result {
    this.#offset += batch.events.length
    const { channel, followsPauses } = this.#options
    // Pauses of earlier lives are over.
    const isPause = batch.epoch === channel.epoch && pausesRun(batch)
    if (endsRun(batch) || (isPause && !followsPauses)) this.#end()
    return { done: false, value: batch }
  }

  #takeStored(): EventBatch | undefined {
    const row = this.#stored.shift()
    return row && cut(toBatch(row), this.#offset)
  }

  async #readStored(): Promise<void> {
    this.#stored = [...(await this.#options.readStored(this.#offset))]
    // The run was deleted meanwhile.
    if (this.#stored.length === 0) this.#end()
  }

  #end(): Result {
    this.#isOver = true
    this.#options.signal.removeEventListener('abort', this.#wake)
    return over
  }
}
