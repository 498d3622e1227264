import { type Egress, EgressError, type EgressRequest, type EgressResponse } from '@trellis/spec'
import { abortableSleep } from '../retry.ts'
import { createDispatchers, type Dispatchers, type EgressProxies, type Lane } from './dispatchers.ts'
import { type Exchange, type ExchangeResponse, exchange } from './exchange.ts'
import { refusedByProxy, toAbortError } from './failure.ts'
import { createFetch } from './fetch.ts'
import { createEgressGuard, type EgressGuard, type EgressGuardOptions } from './guard.ts'
import { toRedirectedHeaders, toRequestHeaders } from './headers.ts'
import type { EgressTarget } from './policy.ts'
import { refuse } from './refusal.ts'
import { toResponse } from './response.ts'
import { parseEgressUrl, portOf } from './url.ts'

export interface EgressOptions extends EgressGuardOptions {
  /**
   * Forward proxies for `content` requests. Addresses written out and names that can be resolved here are judged here first; the proxy
   * resolves again, and judges what only it can resolve.
   */
  readonly proxies?: EgressProxies
}

export interface ClosableEgress extends Egress {
  /** The policy object that its requests ask, for other ways out. */
  readonly guard: EgressGuard
  /** Ends what is under way with an `aborted` error. */
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 10_000
const HEADERS_TIMEOUT_MS = 300_000
const IDLE_TIMEOUT_MS = 300_000
/** Nobody who reads what content asks for means to hold more than this. */
const CONTENT_MAX_BYTES = 100 * 1024 * 1024
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308])
const RETRIED_STATUSES = new Set([429, 500, 502, 503, 504])
const FIRST_RETRY_MS = 500

interface EgressContext {
  readonly guard: EgressGuard
  readonly proxies: EgressProxies
  readonly dispatchers: Dispatchers
}

/** The one way out (architecture 8). @throws TypeError where an entry of `allowedHosts` is no host or network */
export function createEgress(options: EgressOptions): ClosableEgress {
  const guard = createEgressGuard(options)
  const context: EgressContext = { guard, proxies: options.proxies ?? {}, dispatchers: createDispatchers(guard) }
  const request = (wanted: EgressRequest) => sendAgain(wanted, context)
  return {
    guard,
    request,
    fetchFor: (policy) => createFetch(request, policy),
    close: () => context.dispatchers.destroy(),
  }
}

async function sendAgain(wanted: EgressRequest, context: EgressContext): Promise<EgressResponse> {
  const maxRetries = wanted.maxRetries ?? 0
  for (let retries = 0; ; retries++) {
    try {
      const response = await sendFollowing(wanted, context)
      if (retries >= maxRetries || !RETRIED_STATUSES.has(response.status)) return response
      await response.chunks[Symbol.asyncIterator]().return?.()
    } catch (error) {
      if (retries >= maxRetries || !(error instanceof EgressError) || error.failure !== 'connection' || error.rule !== undefined)
        throw error
    }
    await abortableSleep(FIRST_RETRY_MS * 2 ** retries, wanted.signal).catch(() => {
      throw toAbortError(wanted.signal)
    })
  }
}

async function sendFollowing(wanted: EgressRequest, context: EgressContext): Promise<EgressResponse> {
  const maxRedirects = wanted.maxRedirects ?? 0
  const maxBytes = wanted.maxResponseBytes ?? (wanted.policy === 'content' ? CONTENT_MAX_BYTES : undefined)
  let next = toExchange(wanted)
  for (let redirects = 0; ; redirects++) {
    const response = await send(next, wanted, context)
    const location = REDIRECT_STATUSES.has(response.status) ? response.headers.location : undefined
    if (location === undefined || maxRedirects === 0) return toResponse(response, next, maxBytes)
    await response.body.return()
    if (redirects >= maxRedirects) {
      throw new EgressError('refused', `${next.url.host} redirects more than ${maxRedirects} times.`, { rule: 'too-many-redirects' })
    }
    next = redirect(next, response.status, location)
  }
}

async function send(request: Exchange, wanted: EgressRequest, context: EgressContext): Promise<ExchangeResponse> {
  const { policy } = wanted
  if (request.signal?.aborted === true) throw toAbortError(request.signal)
  const isTls = request.url.protocol === 'https:'
  const proxyUrl = policy === 'content' ? (isTls ? context.proxies.https : context.proxies.http) : undefined
  const lane: Lane = {
    policy,
    proxyUrl,
    verifiesCertificate: wanted.verifiesCertificate ?? true,
    allowedHosts: wanted.allowedHosts ?? [],
  }
  const target = { hostname: request.url.hostname, port: portOf(request.url), policy, allowed: readAllowList(lane, context) }
  context.guard.checkTarget(target)
  // The proxy resolves for itself; what can be seen from here to be forbidden is refused all the same.
  if (proxyUrl !== undefined) await checkFromHere(target, request, context.guard)
  const response = await exchange(context.dispatchers.pick(lane), request)
  if (proxyUrl === undefined || !isRefusalOfProxy(response)) return response
  await response.body.return()
  throw refusedByProxy(request.url.host, response.status, { rule: response.headers['x-egress-rule'] })
}

function readAllowList(lane: Lane, { dispatchers }: EgressContext) {
  try {
    return dispatchers.allowListOf(lane)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new EgressError('refused', `The allow-list of this request is wrong: ${message}`, { rule: 'invalid-allow-list', cause })
  }
}

/** Where only the proxy can resolve names, it alone can judge them. */
async function checkFromHere(target: EgressTarget, request: Exchange, guard: EgressGuard): Promise<void> {
  const waiting = new AbortController()
  const resolved = guard.resolve(target).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof EgressError) throw error
    },
  )
  try {
    await Promise.race([resolved, abortableSleep(request.connectTimeoutMs, waiting.signal).catch(() => undefined)])
  } finally {
    waiting.abort()
  }
}

/** Squid and our own proxy sign their refusals. `Via` is no sign: Squid puts it on the answers of others too. */
function isRefusalOfProxy({ status, headers }: ExchangeResponse): boolean {
  if (headers['x-egress-rule'] !== undefined || headers['x-squid-error'] !== undefined) return true
  return status === 407 || ([401, 403].includes(status) && /^squid/i.test(headers.server ?? ''))
}

function toExchange(wanted: EgressRequest): Exchange {
  const url = parseEgressUrl(wanted.url)
  const headers = toRequestHeaders(wanted.headers ?? {})
  if (url.username !== '' || url.password !== '') {
    headers.authorization ??= `Basic ${Buffer.from(userinfoOf(url)).toString('base64')}`
    url.username = ''
    url.password = ''
  }
  // A token stream gains nothing from compression but delay; documents do.
  if (wanted.policy === 'content') headers['accept-encoding'] ??= 'gzip, deflate, br'
  return {
    url,
    method: wanted.method ?? 'GET',
    headers,
    body: wanted.body,
    bodySizeBytes: wanted.bodySizeBytes,
    signal: wanted.signal,
    connectTimeoutMs: wanted.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    headersTimeoutMs: wanted.headersTimeoutMs ?? HEADERS_TIMEOUT_MS,
    idleTimeoutMs: wanted.idleTimeoutMs ?? IDLE_TIMEOUT_MS,
    writeTimeoutMs: wanted.writeTimeoutMs,
  }
}

function userinfoOf({ username, password }: URL): string {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  } catch {
    throw refuse('invalid-url', 'name or password in the address are not percent-encoded as they should be', 'Write % as %25.')
  }
}

/** The next request after a redirect, by the rules of the fetch standard. */
function redirect(request: Exchange, status: number, location: string): Exchange {
  const url = parseEgressUrl(location, request.url.href)
  url.username = ''
  url.password = ''
  const isMadeGet = status === 303 ? request.method !== 'HEAD' : (status === 301 || status === 302) && request.method === 'POST'
  return {
    ...request,
    url,
    method: isMadeGet ? 'GET' : request.method,
    body: isMadeGet ? undefined : request.body,
    headers: toRedirectedHeaders(request.headers, { isCrossOrigin: url.origin !== request.url.origin, isBodyDropped: isMadeGet }),
  }
}
