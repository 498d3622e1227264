import { type ErrorCode, type ErrorEntry, errorCatalog } from './catalog.ts'
import type { Refusal } from './refusal.ts'

const MARK = Symbol.for('trellis.AppError')

export interface AppErrorOptions {
  /** What was wrong and how to mend it; the catalogue's sentence where absent. Never holds a secret. */
  readonly message?: string
  /** Name of the offending field, where there is one. */
  readonly param?: string
  /** Further keys of the answer, for programs: such as the `hash` that a conflict is with. */
  readonly details?: Readonly<Record<string, unknown>>
  /** What the message says, for whoever words it in another language. */
  readonly refusal?: Refusal | undefined
  readonly cause?: unknown
  /** Seconds after which another try makes sense (`Retry-After`). */
  readonly retryAfterSeconds?: number
}

/** The one error that features throw on purpose. Recognised by mark, so that two copies of this package agree. */
export class AppError extends Error {
  readonly [MARK] = true
  readonly code: ErrorCode
  readonly param: string | undefined
  readonly details: Readonly<Record<string, unknown>> | undefined
  readonly refusal: Refusal | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? errorCatalog[code].message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.param = options.param
    this.details = options.details
    this.refusal = options.refusal
    this.retryAfterSeconds = options.retryAfterSeconds
  }

  get entry(): ErrorEntry {
    return errorCatalog[this.code]
  }

  get status(): number {
    return this.entry.status
  }

  /** The body that every surface of Dify's answers with. */
  toBody(): { code: string; message: string; status: number; params?: string; details?: Refusal } {
    return {
      ...this.details,
      code: this.code,
      message: this.message,
      status: this.status,
      ...(this.param === undefined ? {} : { params: this.param }),
      ...(this.refusal && { details: this.refusal }),
    }
  }

  static is(error: unknown): error is AppError {
    return typeof error === 'object' && error !== null && MARK in error
  }
}

/** A service that is needed is away, or refuses. */
export const isDependencyAway = (error: unknown): boolean => AppError.is(error) && error.code === 'dependency_unavailable'
