import type { RunChannel } from './run-channel.ts'
import type { AbortReason } from './run-spec.ts'

/** A run that this process executes. */
export class LiveRun {
  readonly channel: RunChannel
  /** The journal write under way for this run: batches are written one after the other. */
  writing: Promise<void> = Promise.resolve()
  #controller: AbortController | undefined

  constructor(channel: RunChannel) {
    this.channel = channel
  }

  /** Made when somebody asks for it: a run that is over at once has nobody to tell. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  abort(reason: AbortReason): void {
    this.#controller ??= new AbortController()
    this.#controller.abort(reason)
  }
}
