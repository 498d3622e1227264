import { createSseDecoder, type SseDecoder } from '@trellis/kit'
import { type EgressResponse, type ModelEvent, ProviderError } from '@trellis/spec'
import type { ChunkReader } from './chunk-reader.ts'
import { type ErrorReading, fromExchangeFailure, fromResponse, parseJson } from './error.ts'

export interface ModelStreamOptions extends ErrorReading {
  /** Sends the call; resolves with a successful response. */
  readonly open: () => Promise<EgressResponse>
  readonly reader: ChunkReader
  readonly signal: AbortSignal
}

/** How long a connection may take to end after the provider's last word; one that does is used again. */
const LINGER_MS = 2_000
const MAX_WHOLE_BYTES = 64 * 1024 * 1024

type Result = IteratorResult<ModelEvent, undefined>

/**
 * The events of one answer. A hand-made iterator, because this is the hot path: an event that is already here costs one resolved
 * promise, and a network chunk is decoded at once however many events it holds.
 */
export class ModelStream implements AsyncIterableIterator<ModelEvent, undefined> {
  readonly #options: ModelStreamOptions
  readonly #decoder: SseDecoder
  #events: ModelEvent[] = []
  #position = 0
  #response: EgressResponse | undefined
  #chunks: AsyncIterator<Uint8Array> | undefined
  /** The bytes of an answer that is no event stream; undefined before the first byte, and in an event stream. */
  #whole: Uint8Array[] | undefined
  #wholeBytes = 0
  #isEventStream = false
  #isComplete = false
  /** Told once the events before it have been handed out. */
  #failure: unknown
  #waiter: { readonly resolve: (result: Result) => void; readonly reject: (error: unknown) => void } | undefined

  constructor(options: ModelStreamOptions) {
    this.#options = options
    this.#decoder = createSseDecoder((data) => options.reader.read(data, this.#events))
  }

  next(): Promise<Result> {
    const value = this.#events[this.#position]
    if (value === undefined || this.#options.signal.aborted) return this.#pull()
    this.#position += 1
    return Promise.resolve({ done: false, value })
  }

  /** The reader has had enough: closes the connection. */
  async return(): Promise<Result> {
    this.#close()
    await this.#chunks?.return?.()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Written with callbacks: an `async` function a token, with its promises, costs as much as decoding the token. */
  #pull(): Promise<Result> {
    if (this.#isComplete && this.#position >= this.#events.length) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject }
      this.#events.length = 0
      this.#position = 0
      if (this.#options.signal.aborted) this.#fail(this.#options.signal.reason)
      else if (this.#failure !== undefined) this.#fail(this.#failure)
      else if (this.#chunks !== undefined) this.#chunks.next().then(this.#onChunk, this.#onFailure)
      else this.#options.open().then(this.#onOpen, this.#onFailure)
    })
  }

  readonly #onOpen = (response: EgressResponse) => {
    this.#response = response
    this.#chunks = response.chunks[Symbol.asyncIterator]()
    this.#chunks.next().then(this.#onChunk, this.#onFailure)
  }

  readonly #onChunk = (result: IteratorResult<Uint8Array>) => {
    this.#read(result)
    const value = this.#events[0]
    if (value !== undefined) {
      this.#position = 1
      this.#waiter?.resolve({ done: false, value })
    } else if (this.#failure !== undefined) this.#fail(this.#failure)
    else this.#chunks?.next().then(this.#onChunk, this.#onFailure)
  }

  readonly #onFailure = (error: unknown) => this.#fail(error)

  #fail(error: unknown): void {
    const { signal, secrets } = this.#options
    const waiter = this.#waiter
    // The connection is closed in any case; that closing it failed too would tell the reader nothing.
    this.return().finally(() => waiter?.reject(fromExchangeFailure(error, signal, secrets)))
  }

  /** Takes in one network chunk; what goes wrong in it is kept until the events before it are handed out. */
  #read({ done, value }: IteratorResult<Uint8Array>): void {
    const { reader } = this.#options
    try {
      if (done !== true) {
        this.#decode(value)
        if (!reader.isDone) return
        if (this.#chunks !== undefined) void drain(this.#chunks)
      } else if (this.#whole === undefined) this.#decoder.end()
      else this.#readWhole(Buffer.concat(this.#whole).toString('utf8'))
      this.#isComplete = true
      reader.finish(this.#events)
    } catch (error) {
      this.#isComplete = false
      this.#failure = error
    }
  }

  #decode(chunk: Uint8Array): void {
    if (this.#isEventStream) {
      this.#decoder.feed(chunk)
      return
    }
    if (this.#whole === undefined) {
      const first = firstVisibleByte(chunk)
      if (first === undefined) return
      // `{`, `[`, `<`: JSON or a page, whatever the content type says. No line of an event stream begins so.
      this.#isEventStream = first !== 0x7b && first !== 0x5b && first !== 0x3c
      if (this.#isEventStream) {
        this.#decoder.feed(chunk)
        return
      }
      this.#whole = []
    }
    this.#whole.push(chunk)
    this.#wholeBytes += chunk.length
    if (this.#wholeBytes > MAX_WHOLE_BYTES) throw new ProviderError('server-unavailable', 'The answer of the provider is too large.')
  }

  /** Some providers answer a request for a stream with the whole answer, or with an error under a successful status. */
  #readWhole(body: string): void {
    const { reader } = this.#options
    if (parseJson(body) === undefined) {
      throw fromResponse({ status: this.#response?.status ?? 200, headers: this.#response?.headers ?? {}, body }, this.#options)
    }
    reader.read(body, this.#events)
    reader.read('[DONE]', this.#events)
  }

  #close(): void {
    this.#isComplete = true
    this.#events = []
    this.#position = 0
  }
}

function firstVisibleByte(chunk: Uint8Array): number | undefined {
  return chunk.find((byte) => byte > 0x20)
}

/** Waits for the end of a body of which nothing more is expected. */
async function drain(chunks: AsyncIterator<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => void chunks.return?.(), LINGER_MS)
  timer.unref()
  try {
    while ((await chunks.next()).done !== true);
  } catch {
    // The answer is complete: that the connection broke afterwards is of no interest.
  } finally {
    clearTimeout(timer)
  }
}
