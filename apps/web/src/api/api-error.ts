import type { ErrorCode } from '@trellis/contracts'

/** Codes that only the browser knows: the request never got an answer, or got one that is no JSON. */
export type ClientErrorCode = 'network_unreachable' | 'malformed_answer'

/** A refused or failed request, in the one shape that screens show. */
export class ApiError extends Error {
  /** A catalogue code; kept as a string because a newer server may know more. */
  readonly code: ErrorCode | ClientErrorCode | (string & {})
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  /** The field at fault, where the server names one. */
  readonly param: string | undefined
  /** Seconds after which another try makes sense, where the server says so. */
  readonly retryAfterSeconds: number | undefined
  /** The whole answer, for what is not read of each. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(options: {
    code: string
    message: string
    status: number
    param?: string | undefined
    retryAfterSeconds?: number | undefined
    details?: Readonly<Record<string, unknown>>
    cause?: unknown
  }) {
    super(options.message, { cause: options.cause })
    this.name = 'ApiError'
    this.code = options.code
    this.status = options.status
    this.param = options.param
    this.retryAfterSeconds = options.retryAfterSeconds
    this.details = options.details ?? {}
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Codes of the setup routes' own error shape, which names kinds instead of codes (service-api 3.1). */
const setupKinds: Record<string, string> = {
  authentication_error: 'unauthorized',
  authorization_error: 'already_setup',
  resource_not_found: 'not_found',
  validation_error: 'invalid_param',
}

function toSeconds(retryAfter: string | null): number | undefined {
  return retryAfter !== null && /^\d+$/u.test(retryAfter) ? Number(retryAfter) : undefined
}

/** Reads each shape of error body that the server answers with; `retryAfter` is the header of that name. */
export function toApiError(status: number, body: unknown, retryAfter: string | null = null): ApiError {
  if (isRecord(body)) {
    const nested = body['error']
    if (isRecord(nested)) {
      const kind = text(nested['type']) ?? 'unknown'
      return new ApiError({
        code: text(nested['code']) ?? setupKinds[kind] ?? kind,
        message: text(nested['details']) ?? text(nested['message']) ?? '',
        status,
      })
    }
    // An import that failed tells so as its outcome.
    if (body['status'] === 'failed' && typeof nested === 'string')
      return new ApiError({ code: 'import_failed', message: nested, status, details: body })
    // A trigger that could never begin anything, too.
    if (body['status'] === 'error' && typeof nested === 'string')
      return new ApiError({ code: 'trigger_unusable', message: nested, status, details: body })
    return new ApiError({
      code: text(body['code']) ?? codeOfStatus(status),
      message: text(body['message']) ?? '',
      status,
      param: text(body['params']),
      details: body,
      retryAfterSeconds: toSeconds(retryAfter),
    })
  }
  return new ApiError({ code: codeOfStatus(status), message: '', status, retryAfterSeconds: toSeconds(retryAfter) })
}

function codeOfStatus(status: number): string {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 409) return 'conflict'
  if (status === 413) return 'request_entity_too_large'
  if (status === 429) return 'too_many_requests'
  if (status === 502 || status === 503 || status === 504) return 'service_unavailable'
  return status >= 500 ? 'unknown' : 'malformed_answer'
}
