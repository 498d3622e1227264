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
  /**
   * Opened for this request beyond what the operator opens for all, as a workspace's own list does: hosts (`host`, `*.host` for all
   * below it, `.host` for both), addresses, networks. Metadata addresses stay closed.
   */
  readonly allowedHosts?: readonly string[]
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
  readonly headers?: Readonly<Record<string, string>>
  /** Whole, or opened when it is sent; a redirect that keeps the method opens it again. */
  readonly body?: string | Uint8Array | (() => AsyncIterable<Uint8Array>)
  /** Size of a body that is opened, where it is known; else it goes in chunks, which some servers do not take. */
  readonly bodySizeBytes?: number
  readonly signal?: AbortSignal
  /** False accepts whatever certificate the other side shows. */
  readonly verifiesCertificate?: boolean
  /** Until the connection stands. */
  readonly connectTimeoutMs?: number
  /** Until the response's headers have come. */
  readonly headersTimeoutMs?: number
  /** Longest silence within the body. */
  readonly idleTimeoutMs?: number
  /** Longest time in which the other side takes nothing of the request's body. */
  readonly writeTimeoutMs?: number
  /** 0 (the default) hands redirects to the caller. */
  readonly maxRedirects?: number
  /** Times that it is sent again, 0.5 s, 1 s, 2 s, ... later, after 429, 500, 502, 503, 504 or a failed connection. 0 by default. */
  readonly maxRetries?: number
  /** Counts what comes out of decompression. `content` has 100 MiB where nothing is said. */
  readonly maxResponseBytes?: number
}

export interface ReadOptions {
  /** A bound for this reading, where it is known only from the headers. */
  readonly maxBytes?: number
}

export interface EgressResponse {
  readonly status: number
  /** Names in lower case; repeated ones joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** The address that answered, after redirects. */
  readonly url: string
  /** The body as it comes; ending the iteration early closes the connection. */
  readonly chunks: AsyncIterable<Uint8Array>
  bytes(options?: ReadOptions): Promise<Uint8Array>
  text(options?: ReadOptions): Promise<string>
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
