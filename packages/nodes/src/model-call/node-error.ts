import { AppError } from '@trellis/contracts'
import { type NodeFailure, type NodeRecord, ProviderError } from '@trellis/spec'

/** A failure of a node's work, under the name that Dify's exception has: error branches may compare it. */
export class NodeError extends Error {
  readonly errorType: string

  constructor(errorType: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'NodeError'
    this.errorType = errorType
  }
}

const typesByKind: Readonly<Record<ProviderError['kind'], string>> = {
  connection: 'InvokeConnectionError',
  'server-unavailable': 'InvokeServerUnavailableError',
  'rate-limit': 'InvokeRateLimitError',
  authorization: 'InvokeAuthorizationError',
  'bad-request': 'InvokeBadRequestError',
  'context-length': 'InvokeBadRequestError',
  'content-refused': 'InvokeBadRequestError',
}

const typesByCode: Readonly<Record<string, string>> = {
  provider_not_initialize: 'ProviderTokenNotInitError',
  model_currently_not_support: 'ModelCurrentlyNotSupportError',
  provider_quota_exceeded: 'QuotaExceededError',
  completion_request_error: 'InvokeError',
}

/** The failure that an error means; what is no failure of the work (an abort, a fault of ours) is thrown again. */
export function toFailure(error: unknown, ownType: string, record: NodeRecord): NodeFailure {
  if (error instanceof NodeError) return { status: 'failed', error: error.message, errorType: error.errorType, ...record }
  if (!AppError.is(error)) throw error
  return { status: 'failed', error: error.message, errorType: typeOf(error, ownType), ...record }
}

function typeOf(error: AppError, ownType: string): string {
  if (ProviderError.is(error.cause)) return typesByKind[error.cause.kind]
  return typesByCode[error.code] ?? ownType
}
