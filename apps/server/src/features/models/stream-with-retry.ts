import { abortableSleep } from '@trellis/kit'
import { type ModelEvent, ProviderError, type TokenUsage } from '@trellis/spec'

export interface StreamRetryOptions {
  readonly signal: AbortSignal
  /** Before the first try; where it rejects, nothing is tried, and that is the failure. */
  readonly begin: () => Promise<void>
  /** Told of each failure before the first event: whether `open` would now go another way, at once. */
  readonly switchAfter: (error: unknown) => boolean
  readonly onRetry: (error: unknown, delayMs: number) => void
  readonly onEvent: (event: ModelEvent) => void
  readonly onFinish: (usage: TokenUsage) => void
  readonly onFailure: (error: unknown) => void
  /** A failure as callers know it. */
  readonly toError: (error: unknown) => unknown
  /** Nobody listens any more. */
  readonly onLeave: () => void
}

const ATTEMPTS = 3
const FIRST_DELAY_MS = 500
/** A provider that asks for more patience than this is reported instead of waited for. */
const LONGEST_DELAY_MS = 8000

/**
 * A model's stream, opened again where it fails in a way that may pass before its first event. What was already said is never said
 * twice: a failure after that is the caller's. A hand-made iterator, because a generator around every token would cost as much as
 * reading it.
 */
export function streamWithRetry(open: () => AsyncIterable<ModelEvent>, options: StreamRetryOptions): AsyncIterable<ModelEvent> {
  return {
    [Symbol.asyncIterator]() {
      let inner: AsyncIterator<ModelEvent> | undefined
      const fail = (error: unknown): never => {
        options.onFailure(error)
        throw options.signal.aborted ? options.signal.reason : options.toError(error)
      }
      const watch = (result: IteratorResult<ModelEvent>): IteratorResult<ModelEvent> => {
        if (result.done) return result
        if (result.value.type === 'finish') options.onFinish(result.value.usage)
        else options.onEvent(result.value)
        return result
      }
      const openFirst = async (): Promise<IteratorResult<ModelEvent>> => {
        await options.begin()
        for (let attempt = 1; ; attempt++) {
          try {
            inner = open()[Symbol.asyncIterator]()
            return watch(await inner.next())
          } catch (error) {
            if (!options.signal.aborted && options.switchAfter(error)) continue
            const delayMs = retryDelay(error, attempt)
            if (delayMs === undefined || options.signal.aborted) return fail(error)
            options.onRetry(error, delayMs)
            await abortableSleep(delayMs, options.signal).catch(fail)
          }
        }
      }
      return {
        next: () => (inner ? inner.next().then(watch, fail) : openFirst()),
        async return() {
          options.onLeave()
          return (await inner?.return?.()) ?? { done: true, value: undefined }
        },
      }
    },
  }
}

function retryDelay(error: unknown, attempt: number): number | undefined {
  if (attempt >= ATTEMPTS || !ProviderError.is(error)) return undefined
  const isPassing = error.kind === 'connection' || error.kind === 'server-unavailable' || error.kind === 'rate-limit'
  const delayMs = error.retryAfterMs ?? FIRST_DELAY_MS * 2 ** (attempt - 1)
  return isPassing && delayMs <= LONGEST_DELAY_MS ? delayMs : undefined
}
