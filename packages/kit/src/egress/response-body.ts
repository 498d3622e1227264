import { EgressError } from '@trellis/spec'

/** What stops and starts the flow of a response. */
export interface FlowControl {
  pause(): void
  resume(): void
  abort(reason: Error): void
}

/** Above this much unread the sender is made to wait. */
const HIGH_WATER_BYTES = 1024 * 1024
/** Small chunks that came together are handed out together, up to this size: token streams cost per chunk, not per byte. */
const JOINED_BYTES = 64 * 1024

/**
 * A response body between the socket that pushes and the reader that pulls. A hand-made iterator: what is already here is handed
 * out without a wait, and several chunks of one network read as one.
 */
export class ResponseBody implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #flow: FlowControl
  #chunks: Uint8Array[] = []
  #queuedBytes = 0
  #isPaused = false
  #isEnded = false
  #error: unknown
  #waiter: { resolve: (result: IteratorResult<Uint8Array, undefined>) => void; reject: (error: unknown) => void } | undefined

  constructor(flow: FlowControl) {
    this.#flow = flow
  }

  push(chunk: Uint8Array): void {
    if (this.#isEnded) return
    this.#chunks.push(chunk)
    this.#queuedBytes += chunk.length
    if (this.#waiter !== undefined) this.#scheduleDelivery()
    else if (this.#queuedBytes > HIGH_WATER_BYTES && !this.#isPaused) {
      this.#isPaused = true
      this.#flow.pause()
    }
  }

  /** The body is complete. */
  end(): void {
    this.#isEnded = true
    if (this.#waiter !== undefined) this.#scheduleDelivery()
  }

  /** The body broke off; the reader gets what came before, then the error. */
  fail(error: unknown): void {
    if (this.#isEnded) return
    this.#error = error
    this.end()
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#chunks.length > 0) return Promise.resolve({ done: false, value: this.#take() })
    if (!this.#isEnded) {
      return new Promise((resolve, reject) => {
        this.#waiter = { resolve, reject }
      })
    }
    return this.#finish()
  }

  /** Ends the reading: closes the connection unless the body is already complete. */
  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#chunks = []
    this.#error = undefined
    if (!this.#isEnded) {
      this.#isEnded = true
      this.#flow.abort(new EgressError('aborted', 'The reader wanted no more of the response.'))
    }
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #isScheduled = false

  /** Waits for the end of the current network read, so that all its chunks are handed out at once. */
  #scheduleDelivery(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => {
      this.#isScheduled = false
      const waiter = this.#waiter
      if (waiter === undefined) return
      this.#waiter = undefined
      if (this.#chunks.length > 0) waiter.resolve({ done: false, value: this.#take() })
      else this.#finish().then(waiter.resolve, waiter.reject)
    })
  }

  #finish(): Promise<IteratorResult<Uint8Array, undefined>> {
    const error = this.#error
    this.#error = undefined
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error)
  }

  #take(): Uint8Array {
    const chunks = this.#chunks
    let count = 1
    let size = chunks[0]?.length ?? 0
    while (count < chunks.length && size + (chunks[count]?.length ?? 0) <= JOINED_BYTES) {
      size += chunks[count]?.length ?? 0
      count += 1
    }
    const taken = count === chunks.length ? chunks : chunks.slice(0, count)
    this.#chunks = count === chunks.length ? [] : chunks.slice(count)
    this.#queuedBytes -= size
    if (this.#isPaused && this.#queuedBytes < HIGH_WATER_BYTES) {
      this.#isPaused = false
      this.#flow.resume()
    }
    const [first] = taken
    return taken.length === 1 && first !== undefined ? first : Buffer.concat(taken, size)
  }
}
