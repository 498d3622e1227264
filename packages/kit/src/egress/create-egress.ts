import { type Egress, EgressError, type EgressPolicy, type EgressRequest, type EgressResponse } from '@trellis/spec'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import { createConnector, type HostLookup, lookUpHost } from './connector.ts'
import { decompress, listDecoders } from './decompress.ts'
import { type Exchange, type ExchangeResponse, exchange, toAbortError } from './exchange.ts'
import { createFetch } from './fetch.ts'
import { toRedirectedHeaders, toRequestHeaders } from './headers.ts'
import { checkAddress, checkHost, createRules, type EgressRules, parseEgressUrl } from './policy.ts'

export interface EgressOptions {
  /** Whether addresses that administrators give for model endpoints may lie in private networks. */
  readonly modelEndpointAllowPrivate: boolean
  /** Host names that may resolve to anything but metadata addresses: `host` exactly, `*.host` for all below it. */
  readonly allowedHosts?: readonly string[]
  /** Networks that may be reached although they are not public. */
  readonly allowedCidrs?: readonly string[]
  /** A forward proxy for `content` requests. Names are checked here first, and resolved again by the proxy. */
  readonly proxyUrl?: string
  readonly lookup?: HostLookup
}

export interface ClosableEgress extends Egress {
  /** Ends what is under way with an `aborted` error. */
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 10_000
const HEADERS_TIMEOUT_MS = 300_000
const IDLE_TIMEOUT_MS = 300_000
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308])

interface EgressContext {
  readonly rules: EgressRules
  readonly lookup: HostLookup
  readonly isProxied: (policy: EgressPolicy) => boolean
  readonly dispatchers: Readonly<Record<EgressPolicy, Dispatcher>>
}

/**
 * The one way out (architecture 8). Connections are kept alive per policy: one that was opened for an operator's address never
 * serves a user's.
 */
export function createEgress(options: EgressOptions): ClosableEgress {
  const rules = createRules({
    modelEndpointAllowPrivate: options.modelEndpointAllowPrivate,
    allowedHosts: options.allowedHosts ?? [],
    allowedCidrs: options.allowedCidrs ?? [],
  })
  const lookup = options.lookup ?? lookUpHost
  const agentFor = (policy: EgressPolicy) => new Agent({ connect: createConnector({ policy, rules, lookup }), allowH2: false })
  const { proxyUrl } = options
  const context: EgressContext = {
    rules,
    lookup,
    isProxied: (policy) => policy === 'content' && proxyUrl !== undefined,
    dispatchers: {
      operator: agentFor('operator'),
      model: agentFor('model'),
      content: proxyUrl === undefined ? agentFor('content') : new ProxyAgent({ uri: proxyUrl, allowH2: false }),
    },
  }
  const request = (wanted: EgressRequest) => sendFollowing(wanted, context)
  return {
    request,
    fetchFor: (policy) => createFetch(request, policy),
    close: async () => {
      await Promise.all(Object.values(context.dispatchers).map((dispatcher) => dispatcher.destroy()))
    },
  }
}

async function sendFollowing(wanted: EgressRequest, context: EgressContext): Promise<EgressResponse> {
  const maxRedirects = wanted.maxRedirects ?? 0
  let next = toExchange(wanted)
  for (let redirects = 0; ; redirects++) {
    const response = await send(next, wanted.policy, context)
    const location = REDIRECT_STATUSES.has(response.status) ? response.headers.location : undefined
    if (location === undefined || maxRedirects === 0) return toResponse(response, next, wanted)
    await response.body.return()
    if (redirects >= maxRedirects) {
      throw new EgressError('refused', `${next.url.host} redirects more than ${maxRedirects} times.`, { rule: 'too-many-redirects' })
    }
    next = redirect(next, response.status, location)
  }
}

async function send(request: Exchange, policy: EgressPolicy, context: EgressContext): Promise<ExchangeResponse> {
  if (request.signal?.aborted === true) throw toAbortError(request.signal)
  checkHost(request.url.hostname, policy, context.rules)
  if (context.isProxied(policy)) await checkProxied(request.url.hostname, policy, context)
  return exchange(context.dispatchers[policy], request)
}

/** The proxy resolves for itself; what can be seen from here to be forbidden is refused all the same. */
async function checkProxied(hostname: string, policy: EgressPolicy, context: EgressContext): Promise<void> {
  // Where only the proxy can resolve names, it alone can judge them.
  const addresses = await context.lookup(hostname.replace(/^\[(.*)\]$/, '$1')).catch(() => [])
  for (const { address } of addresses) checkAddress({ hostname, address }, policy, context.rules)
}

function toExchange(wanted: EgressRequest): Exchange {
  const url = parseEgressUrl(wanted.url)
  const headers = toRequestHeaders(wanted.headers ?? {})
  if (url.username !== '' || url.password !== '') {
    const userinfo = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    headers.authorization ??= `Basic ${Buffer.from(userinfo).toString('base64')}`
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
    signal: wanted.signal,
    connectTimeoutMs: wanted.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    headersTimeoutMs: wanted.headersTimeoutMs ?? HEADERS_TIMEOUT_MS,
    idleTimeoutMs: wanted.idleTimeoutMs ?? IDLE_TIMEOUT_MS,
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

function toResponse(response: ExchangeResponse, request: Exchange, wanted: EgressRequest): EgressResponse {
  const { headers, body } = response
  const layers = request.method === 'HEAD' ? undefined : listDecoders(headers['content-encoding'])
  if (layers !== undefined) {
    delete headers['content-encoding']
    delete headers['content-length']
  }
  const decoded = layers === undefined ? body : decompress(body, layers)
  const limited = wanted.maxResponseBytes === undefined ? decoded : limit(decoded, wanted.maxResponseBytes)
  const chunks = limited === body ? body : endTogether(limited, body)
  const bytes = async () => collect(chunks)
  return {
    status: response.status,
    headers,
    url: request.url.href,
    chunks,
    bytes,
    text: async () => new TextDecoder().decode(await bytes()),
  }
}

/** A generator that was never started does not end its source: here the reader's end reaches the connection in any case. */
function endTogether(chunks: AsyncIterable<Uint8Array>, body: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  const end = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    await Promise.all([iterator.return?.(), body.return?.()])
    return { done: true, value: undefined }
  }
  return { [Symbol.asyncIterator]: () => ({ next: () => iterator.next(), return: end }) }
}

async function* limit(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array, undefined> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > maxBytes)
      throw new EgressError('too-large', `The response is larger than the ${maxBytes} bytes allowed.`, { rule: 'max-response-bytes' })
    yield chunk
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  const [first] = parts
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts)
}
