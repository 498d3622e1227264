import type { ProviderFailureKind } from './model.ts'

const MARK = Symbol.for('trellis.ProviderError')

export interface ProviderErrorOptions {
  /** HTTP status, where an answer came at all. */
  readonly status?: number
  /** How long the provider asked to be left alone. */
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/**
 * What every model port throws when the provider fails; the gateway decides from `kind` whether to retry, to cool a key down or to
 * give up, and turns it into a coded `AppError`. `message` is the provider's own words, free of secrets.
 * An answer that cannot be understood is `server-unavailable`; a stream that breaks off before its end is `connection`.
 * An aborted call is not a failure: it rejects with the signal's reason.
 */
export class ProviderError extends Error {
  readonly [MARK] = true
  readonly kind: ProviderFailureKind
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(kind: ProviderFailureKind, message: string, options: ProviderErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'ProviderError'
    this.kind = kind
    this.status = options.status
    this.retryAfterMs = options.retryAfterMs
  }

  static is(error: unknown): error is ProviderError {
    return typeof error === 'object' && error !== null && MARK in error
  }
}
