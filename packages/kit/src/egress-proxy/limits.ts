/** What bounds the proxy; a client that passes one is told so where it can still be told. */
export interface EgressProxyLimits {
  /** Clients at a time, tunnels included. */
  readonly maxConnections: number
  readonly maxHeaderBytes: number
  readonly connectTimeoutMs: number
  /** Longest silence in both directions. */
  readonly idleTimeoutMs: number
  /** Longest request or tunnel. */
  readonly totalTimeoutMs: number
  /** In each direction of one request or tunnel. */
  readonly maxBytes: number
  /** Ports that tunnels may lead to; a host on the allow-list has all. */
  readonly connectPorts: readonly number[]
}

export const DEFAULT_LIMITS: EgressProxyLimits = {
  maxConnections: 500,
  maxHeaderBytes: 16 * 1024,
  connectTimeoutMs: 10_000,
  idleTimeoutMs: 120_000,
  totalTimeoutMs: 600_000,
  maxBytes: 100 * 1024 * 1024,
  connectPorts: [443],
}
