import type { Egress, EgressRequest, EgressResponse } from '@trellis/spec'
import { type ErrorReading, fromExchangeFailure, fromResponse } from './error.ts'

/** What a provider of this family changes about the wire. */
export interface WireDialect {
  /** Members of every chat request that only this provider knows. */
  readonly adds?: Readonly<Record<string, unknown>>
  /** Members of the request that this provider refuses (`stream_options`, `user`). */
  readonly omits?: readonly string[]
  /** Parameters that it knows by another name (`max_tokens`, `top_n` of rerankers). */
  readonly renames?: Readonly<Record<string, string>>
  /** Whether it refuses tool calls that come back without the thoughts before them, be they empty. */
  readonly wantsThoughtsBack?: boolean
  /** Whether it takes tools only where the request says who chooses among them. */
  readonly needsToolChoice?: boolean
  /** What it offers for structured output: a schema (the default), JSON in general, or nothing but asking for it. */
  readonly structuredOutput?: 'json-schema' | 'json-object' | 'prompt'
  /** Parameters of our forms that are sent as `{"type": "enabled"}` or `{"type": "disabled"}`. */
  readonly switchParameters?: readonly string[]
  /** Most texts in one embedding request. */
  readonly maxEmbeddingBatch?: number
  /** Put before each text to embed, as some models were trained to expect. */
  readonly embeddingPrefixes?: { readonly document: string; readonly query: string }
  /** Error codes of its own, where neither status nor words tell what they mean. */
  readonly failureCodes?: ErrorReading['failureCodes']
  /** The member of an embedding request that tells documents from queries, and its value for each. */
  readonly embeddingInputType?: { readonly member: string; readonly document: string; readonly query: string }
}

/** Where and how to reach one provider with one set of credentials. */
export interface WireEndpoint {
  readonly egress: Egress
  /** Address of an operation, e.g. `/chat/completions`; some providers put the model's name into it. */
  readonly urlFor: (path: string, model?: string) => string
  readonly headers: Readonly<Record<string, string>>
  /** Never to appear in an error's message. */
  readonly secrets: readonly string[]
  readonly dialect: WireDialect
}

/** Longest silence of a provider: reasoning models may think for minutes before their first token. */
const HEADERS_TIMEOUT_MS = 600_000
const IDLE_TIMEOUT_MS = 300_000
const MAX_JSON_BYTES = 64 * 1024 * 1024
const MAX_ERROR_BYTES = 64 * 1024

export const readingOf = ({ secrets, dialect }: WireEndpoint): ErrorReading => ({ secrets, failureCodes: dialect.failureCodes })

/** Sends a request and returns a successful response. @throws ProviderError, or the signal's reason */
export async function sendRequest(
  endpoint: WireEndpoint,
  request: Pick<EgressRequest, 'url' | 'method' | 'body' | 'headers'>,
  signal: AbortSignal,
): Promise<EgressResponse> {
  signal.throwIfAborted()
  const response = await endpoint.egress
    .request({
      ...request,
      headers: { ...endpoint.headers, ...request.headers },
      policy: 'model',
      signal,
      headersTimeoutMs: HEADERS_TIMEOUT_MS,
      idleTimeoutMs: IDLE_TIMEOUT_MS,
    })
    .catch((error: unknown) => {
      throw fromExchangeFailure(error, signal, endpoint.secrets)
    })
  if (response.status >= 200 && response.status < 300) return response
  const body = await readText(response, MAX_ERROR_BYTES).catch(() => '')
  signal.throwIfAborted()
  throw fromResponse({ status: response.status, headers: response.headers, body }, readingOf(endpoint))
}

export function postJson(
  endpoint: WireEndpoint,
  path: string,
  body: { readonly model: string },
  signal: AbortSignal,
): Promise<EgressResponse> {
  const headers = { 'content-type': 'application/json' }
  return sendRequest(endpoint, { url: endpoint.urlFor(path, body.model), method: 'POST', headers, body: JSON.stringify(body) }, signal)
}

/** The whole body as parsed JSON. @throws ProviderError where it is none, or the signal's reason */
export async function readJson(response: EgressResponse, endpoint: WireEndpoint, signal: AbortSignal): Promise<unknown> {
  const body = await readText(response, MAX_JSON_BYTES).catch((error: unknown) => {
    throw fromExchangeFailure(error, signal, endpoint.secrets)
  })
  try {
    return JSON.parse(body)
  } catch (error) {
    throw fromResponse({ status: response.status, headers: response.headers, body }, readingOf(endpoint), error)
  }
}

/** Reads up to about `maxBytes`; what is longer is cut off. */
async function readText(response: EgressResponse, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.chunks) {
    parts.push(chunk)
    size += chunk.length
    if (size > maxBytes) break
  }
  return Buffer.concat(parts).toString('utf8')
}
