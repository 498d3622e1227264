import { AppError } from '@trellis/contracts'
import type { ProviderFailureKind } from './model.ts'

const MARK = Symbol.for('trellis.ProviderError')

export interface ProviderErrorOptions {
  /** The provider's HTTP status, where it answered at all. */
  readonly status?: number
  /** Seconds after which the provider wants to be asked again. */
  readonly retryAfterSeconds?: number
  /** The provider's own words, shortened, without secrets. */
  readonly providerMessage?: string
  readonly cause?: unknown
}

/**
 * A failed call to a provider. Every model adapter throws this and nothing else, but for the reason of an aborted signal, which it
 * throws as it is. As an AppError it answers `completion_request_error`; the gateway decides by `kind` on retry, cool-down and code.
 */
export class ProviderError extends AppError {
  readonly [MARK] = true
  readonly kind: ProviderFailureKind
  readonly providerStatus: number | undefined
  readonly providerMessage: string | undefined

  /** @param message a sentence for people that says what failed and, where it is known, how to mend it */
  constructor(kind: ProviderFailureKind, message: string, options: ProviderErrorOptions = {}) {
    super('completion_request_error', {
      message,
      cause: options.cause,
      ...(options.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: options.retryAfterSeconds }),
    })
    this.name = 'ProviderError'
    this.kind = kind
    this.providerStatus = options.status
    this.providerMessage = options.providerMessage
  }

  /** The same call may succeed when it is made again. */
  get isRetryable(): boolean {
    return this.kind === 'connection' || this.kind === 'server-unavailable' || this.kind === 'rate-limit'
  }

  static override is(error: unknown): error is ProviderError {
    return typeof error === 'object' && error !== null && MARK in error
  }
}
