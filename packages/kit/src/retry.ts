export interface RetryOptions {
  /** Tries in all, the first one included. */
  readonly attempts: number
  /** Longest delay before try n+1 is `baseMs * 2^(n-1)`, up to `maxMs`; the actual one is drawn between half of it and all of it. */
  readonly baseMs: number
  readonly maxMs: number
  readonly isRetryable: (error: unknown) => boolean
  /** How long the other side asked to wait (`Retry-After`). Asked for more than `maxMs`, the error is final. */
  readonly retryAfterMs?: (error: unknown) => number | undefined
  readonly signal?: AbortSignal
  /** Rejects with the signal's reason when it aborts. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
  /** From 0 up to, but not including, 1. */
  readonly random?: () => number
}

/**
 * Tries until the operation succeeds, fails for good or has had its tries; the last error is thrown as it is.
 * An abort ends the waiting at once with the signal's reason.
 */
export async function retry<T>(operation: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { sleep = abortableSleep, signal } = options
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      return await operation(attempt)
    } catch (error) {
      const delayMs = signal?.aborted === true || attempt >= options.attempts ? undefined : delayAfter(error, attempt, options)
      if (delayMs === undefined) throw error
      await sleep(delayMs, signal)
    }
  }
}

/** Undefined where trying again is pointless. */
function delayAfter(error: unknown, attempt: number, options: RetryOptions): number | undefined {
  if (!options.isRetryable(error)) return undefined
  const { random = Math.random, maxMs } = options
  const longest = Math.min(options.baseMs * 2 ** (attempt - 1), maxMs)
  const asked = options.retryAfterMs?.(error) ?? 0
  return asked > maxMs ? undefined : Math.max(longest * (0.5 + random() / 2), asked)
}

/** Waits; rejects with the signal's reason as soon as it aborts. */
export function abortableSleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason)
      return
    }
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

/**
 * Reads `Retry-After`: seconds or an HTTP date; and its non-standard finer sister `retry-after-ms`.
 * @param nowMs milliseconds since 1970, to which a date is relative
 */
export function parseRetryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const milliseconds = Number.parseFloat(headers['retry-after-ms'] ?? '')
  if (milliseconds >= 0) return milliseconds
  const value = headers['retry-after']?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs)
}
