/**
 * Outbound HTTP, three policies in one mechanism (architecture 8): the name is resolved once, the address checked and pinned,
 * every redirect checked again, time and size bounded, and the rule that refused is named in the error.
 */
export type EgressPolicy =
  /** Addresses from the operator's own configuration: free. */
  | 'operator'
  /** Model endpoints set by administrators: private ones may be forbidden, metadata addresses always are. */
  | 'model'
  /** Whatever users or content name: nothing private, loopback, link-local, metadata or mapped, but for allow-lists. */
  | 'content'

export interface EgressRequest {
  readonly url: string
  readonly policy: EgressPolicy
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly signal?: AbortSignal
  /** Until the connection stands. */
  readonly connectTimeoutMs?: number
  /** Until the response's headers have come. */
  readonly headersTimeoutMs?: number
  /** Longest silence within the body. */
  readonly idleTimeoutMs?: number
  /** 0 (the default) hands redirects to the caller. */
  readonly maxRedirects?: number
  readonly maxResponseBytes?: number
}

export interface EgressResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The address that answered, after redirects. */
  readonly url: string
  /** The body as it comes; ending the iteration early closes the connection. */
  readonly chunks: AsyncIterable<Uint8Array>
  bytes(): Promise<Uint8Array>
  text(): Promise<string>
}

export interface Egress {
  /** @throws EgressError where a rule refuses, the host cannot be reached, or a bound is passed */
  request(request: EgressRequest): Promise<EgressResponse>
  /** The same mechanism as a `fetch`, for libraries that want one. */
  fetchFor(policy: EgressPolicy): typeof fetch
}

export type EgressFailure = 'refused' | 'connection' | 'timeout' | 'too-large' | 'aborted'

export class EgressError extends Error {
  readonly failure: EgressFailure
  /** The rule that refused (`private-address`, `metadata-address`, `scheme`, ...). */
  readonly rule: string | undefined

  constructor(failure: EgressFailure, message: string, options: { readonly rule?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'EgressError'
    this.failure = failure
    this.rule = options.rule
  }
}
