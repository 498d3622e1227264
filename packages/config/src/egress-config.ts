import type { Environment } from './environment.ts'
import type { Findings } from './findings.ts'
import type { ProcessRole } from './kinds.ts'

export interface EgressConfig {
  /** Forward proxies for what content asks for, by the scheme of the address. */
  readonly proxies: { readonly http: string | undefined; readonly https: string | undefined }
  readonly connectTimeoutMs: number
  readonly readTimeoutMs: number
  readonly maxRetries: number
  /** Hosts, addresses and ranges that content may reach although they are private. */
  readonly allowedHosts: readonly string[]
  readonly allowsPrivateModelEndpoints: boolean
}

/** What HTTP nodes may ask for, and have where they ask for nothing. */
export interface HttpRequestConfig {
  readonly connectTimeoutMs: number
  readonly readTimeoutMs: number
  readonly writeTimeoutMs: number
  readonly maxBinaryBytes: number
  readonly maxTextBytes: number
  readonly verifiesCertificates: boolean
}

/** The forward proxy of the role `ssrf-proxy`. */
export interface EgressProxyConfig {
  readonly port: number
  readonly connectPorts: readonly number[]
  readonly maxConnections: number
  readonly idleTimeoutMs: number
  readonly totalTimeoutMs: number
  readonly maxBytes: number
}

export function readEgress(environment: Environment, role: ProcessRole, findings: Findings): EgressConfig {
  const fallback = environment.SSRF_DEFAULT_TIME_OUT
  const { SSRF_PROXY_ALL_URL: all, SSRF_PROXY_HTTP_URL: http, SSRF_PROXY_HTTPS_URL: https } = environment
  return {
    // One environment for all roles names the proxy to all of them: it must not be its own way out.
    proxies: role === 'ssrf-proxy' ? { http: undefined, https: undefined } : { http: all ?? http, https: all ?? https },
    connectTimeoutMs: (environment.SSRF_DEFAULT_CONNECT_TIME_OUT ?? fallback) * 1000,
    readTimeoutMs: (environment.SSRF_DEFAULT_READ_TIME_OUT ?? fallback) * 1000,
    maxRetries: environment.SSRF_DEFAULT_MAX_RETRIES,
    allowedHosts: [
      ...(environment.EGRESS_ALLOWED_HOSTS ?? []),
      ...(environment.SSRF_PROXY_ALLOW_PRIVATE_IPS ?? []),
      ...(environment.SSRF_PROXY_ALLOW_PRIVATE_DOMAINS ?? []),
    ],
    allowsPrivateModelEndpoints: readPrivateModelEndpoints(environment, findings),
  }
}

/** Administrators are trusted with the inside; not where a stranger becomes one by registering. */
function readPrivateModelEndpoints(environment: Environment, findings: Findings): boolean {
  const given = environment.MODEL_ENDPOINT_ALLOW_PRIVATE
  const isOpenToStrangers = environment.ALLOW_REGISTER && environment.ALLOW_CREATE_WORKSPACE
  if (isOpenToStrangers && given) {
    findings.warn(
      'MODEL_ENDPOINT_ALLOW_PRIVATE',
      'With ALLOW_REGISTER and ALLOW_CREATE_WORKSPACE anybody may have a workspace, and send requests to this machine and its private network by naming a model server there. Leave MODEL_ENDPOINT_ALLOW_PRIVATE out, and name your own model servers in EGRESS_ALLOWED_HOSTS.',
    )
  }
  return given ?? !isOpenToStrangers
}

export function readHttpRequest(environment: Environment): HttpRequestConfig {
  return {
    connectTimeoutMs: environment.HTTP_REQUEST_MAX_CONNECT_TIMEOUT * 1000,
    readTimeoutMs: environment.HTTP_REQUEST_MAX_READ_TIMEOUT * 1000,
    writeTimeoutMs: environment.HTTP_REQUEST_MAX_WRITE_TIMEOUT * 1000,
    maxBinaryBytes: environment.HTTP_REQUEST_NODE_MAX_BINARY_SIZE,
    maxTextBytes: environment.HTTP_REQUEST_NODE_MAX_TEXT_SIZE,
    verifiesCertificates: environment.HTTP_REQUEST_NODE_SSL_VERIFY,
  }
}

export function readEgressProxy(environment: Environment): EgressProxyConfig {
  return {
    port: environment.SSRF_HTTP_PORT,
    connectPorts: environment.EGRESS_PROXY_CONNECT_PORTS.map(Number),
    maxConnections: environment.EGRESS_PROXY_MAX_CONNECTIONS,
    idleTimeoutMs: environment.EGRESS_PROXY_IDLE_TIMEOUT * 1000,
    totalTimeoutMs: environment.EGRESS_PROXY_TOTAL_TIMEOUT * 1000,
    maxBytes: environment.EGRESS_PROXY_MAX_SIZE * 1024 * 1024,
  }
}
