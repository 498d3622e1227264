import type { ErrorCode } from '@trellis/contracts'

/** What only a caller can meet: no answer came, or one that the contract does not know. */
export type ClientErrorCode = 'network_unreachable' | 'malformed_answer'

/** A request that failed or was refused. Aborted requests throw the signal's reason instead. */
export class ApiError extends Error {
  /** Of the catalogue, where the server is no newer than this client. */
  readonly code: ErrorCode | ClientErrorCode | (string & {})
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  /** Whether the server itself gave the code: whoever stands before it says less, perhaps of a request that it has passed on. */
  readonly isCoded: boolean
  /** The field at fault, where the server names one. */
  readonly param: string | undefined
  /** After how long another try makes sense, where the server says so. */
  readonly retryAfterSeconds: number | undefined
  /** What the message says, for whoever words it in another language (`refusalSchema` of the contracts). */
  readonly details: unknown

  constructor(options: {
    readonly code: string
    readonly message: string
    readonly status: number
    readonly isCoded?: boolean
    readonly param?: string | undefined
    readonly retryAfterSeconds?: number | undefined
    readonly details?: unknown
    readonly cause?: unknown
  }) {
    super(options.message, { cause: options.cause })
    this.name = 'ApiError'
    this.code = options.code
    this.status = options.status
    this.isCoded = options.isCoded ?? false
    this.param = options.param
    this.retryAfterSeconds = options.retryAfterSeconds
    this.details = options.details
  }
}

/** Reads each shape of error that the surfaces answer with (service-api 3.1). */
export async function readApiError(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '')
  const body = parseRecord(text)
  const nested = asRecord(body?.['error'])
  const { status } = response
  const code = asText(body?.['code'])
  return new ApiError({
    code: code ?? codeOfType[asText(nested?.['type']) ?? ''] ?? codeOfStatus[status] ?? fallbackCode(status),
    message: asText(body?.['message']) ?? asText(nested?.['details']) ?? asText(nested?.['message']) ?? `The server answered ${status}.`,
    status,
    isCoded: code !== undefined,
    param: asText(body?.['params']),
    retryAfterSeconds: parseSeconds(response.headers.get('retry-after')),
    details: body?.['details'],
  })
}

/** Set-up routes name kinds instead of codes. */
const codeOfType: Readonly<Record<string, ErrorCode>> = {
  authentication_error: 'unauthorized',
  authorization_error: 'forbidden',
  resource_not_found: 'not_found',
  validation_error: 'invalid_param',
  bad_request: 'bad_request',
  internal_server_error: 'internal_server_error',
}

/** For answers of whatever stands before the server. */
const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'request_entity_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  502: 'service_unavailable',
  503: 'service_unavailable',
  504: 'service_unavailable',
}

const fallbackCode = (status: number): string => (status >= 500 ? 'unknown' : 'malformed_answer')

function parseRecord(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asRecord(JSON.parse(text))
  } catch {
    return undefined
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : undefined
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function parseSeconds(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined
}
