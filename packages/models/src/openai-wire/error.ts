import { parseRetryAfterMs } from '@trellis/kit'
import { EgressError, ProviderError, type ProviderFailureKind } from '@trellis/spec'

const MAX_MESSAGE_LENGTH = 1_000

/** Codes and sentences of the family, each as at least two of its members word it. */
const CONTEXT_LENGTH =
  /context_length_exceeded|context[ _](?:window|length|size)|maximum (?:context|input|prompt)|(?:prompt|input)(?: token length)? (?:is )?too long|too many (?:input )?tokens|exceed(?:s|ed)? (?:the )?(?:model'?s? )?(?:maximum|max|limit|available|token limit)(?:[^.]*tokens?| *:)|range of input length|max_seq_len|input_too_large|\+ `max_new_tokens` must be/i
const CONTENT_REFUSED =
  /content_filter|content[ _]policy|content_policy_violation|data_inspection_failed|safety system|moderation_blocked|flagged|sensitive ?content|risk ?detection|content exists risk/i
const BAD_KEY =
  /invalid_api_key|(?:incorrect|invalid|wrong|no) api[ -]?key|authentication[ _](?:error|fails|failed)|unauthorized|not authorized/i
const QUOTA =
  /insufficient_quota|insufficient[ _]balance|credit_balance_exhausted|exceeded (?:your )?current[ _]quota|exceeded_current_quota|arrearage|out of credits|payment required|enforced_spend_limit/i
const OVERLOADED = /overloaded|server_?is_?overloaded|slow_down|experiencing high demand/i

const NONSENSE = 'The provider answered something that cannot be understood'

/** How errors of one provider are read. */
export interface ErrorReading {
  /** Never to appear in a message. */
  readonly secrets: readonly string[]
  /** What its own codes mean, where neither status nor words tell it. */
  readonly failureCodes?: Readonly<Record<string, ProviderFailureKind>> | undefined
}

/** What a provider's error says, wherever in its body it says it. */
interface ForeignError {
  readonly message: string | undefined
  readonly code: string
  readonly status: number | undefined
}

/** A failure below HTTP: no answer, a cut connection, a forbidden address. An aborted call gives back the signal's reason. */
export function fromExchangeFailure(error: unknown, signal: AbortSignal, secrets: readonly string[]): unknown {
  if (signal.aborted) return signal.reason
  if (ProviderError.is(error)) return error
  if (error instanceof EgressError) {
    return new ProviderError(error.failure === 'refused' ? 'bad-request' : 'connection', redact(error.message, secrets), { cause: error })
  }
  return new ProviderError('server-unavailable', `${NONSENSE}.`, { cause: error })
}

/** An answer with an error's status, or one that is not what was asked for. */
export function fromResponse(
  response: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string },
  { secrets, failureCodes }: ErrorReading,
  cause?: unknown,
): ProviderError {
  const { status, headers, body } = response
  const retryAfterMs = parseRetryAfterMs(headers, Date.now())
  const options = { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }), ...(cause === undefined ? {} : { cause }) }
  const foreign = findError(parseJson(body))
  if (status < 400 && foreign === undefined) {
    return new ProviderError('server-unavailable', redact(`${NONSENSE}${describePage(body)}.`, secrets), options)
  }
  const words = foreign?.message ?? `The provider answered with status ${status}${describePage(body)}.`
  const told = kindByCode(foreign, failureCodes)
  const kind = told ?? kindOf(status < 400 ? foreign?.status : status, `${foreign?.code ?? ''} ${words} ${body.slice(0, 4_000)}`)
  return new ProviderError(kind, redact(words, secrets), options)
}

/** An error that came as an event of a stream that began well, or undefined where the event is none. */
export function fromEvent(value: unknown, { secrets, failureCodes }: ErrorReading): ProviderError | undefined {
  const foreign = findError(value)
  if (foreign === undefined) return undefined
  const message = foreign.message ?? 'The provider broke off with an error that it does not explain.'
  const options = foreign.status === undefined ? {} : { status: foreign.status }
  const kind = kindByCode(foreign, failureCodes) ?? kindOf(foreign.status, `${foreign.code} ${message}`)
  return new ProviderError(kind, redact(message, secrets), options)
}

/** An error whose words stand where the answer would. */
export function fromWords(words: unknown, { secrets }: ErrorReading): ProviderError {
  const message = textOf(words) || 'The provider gave up on its answer.'
  return new ProviderError(kindOf(undefined, message), redact(message, secrets))
}

export function nonsense(text: string, secrets: readonly string[], cause?: unknown): ProviderError {
  const quote = text.trim().replace(/\s+/g, ' ').slice(0, 120)
  return new ProviderError('server-unavailable', redact(`${NONSENSE}: ${quote}`, secrets), cause === undefined ? {} : { cause })
}

function kindByCode(
  foreign: ForeignError | undefined,
  codes: NonNullable<ErrorReading['failureCodes']> = {},
): ProviderFailureKind | undefined {
  const known = foreign?.code.split(' ').find((code) => Object.hasOwn(codes, code))
  return known === undefined ? undefined : codes[known]
}

function kindOf(status: number | undefined, words: string): ProviderFailureKind {
  if (status === 408) return 'connection'
  if (status !== undefined && status >= 500) return 'server-unavailable'
  // An empty account is no matter of waiting: it is told like a key that does not work.
  if (QUOTA.test(words) || status === 402) return 'authorization'
  // Some tell with the status of a rate limit that they are overloaded, which is no fault of the key.
  if (status === 429 && OVERLOADED.test(words)) return 'server-unavailable'
  if (status === 429 || /rate_limit|rate limit|too many requests|throttling/i.test(words)) return 'rate-limit'
  if (CONTEXT_LENGTH.test(words) || status === 413) return 'context-length'
  if (CONTENT_REFUSED.test(words)) return 'content-refused'
  if (status === 401 || status === 403 || BAD_KEY.test(words)) return 'authorization'
  return status === undefined ? 'server-unavailable' : 'bad-request'
}

/** `{error: {...}}`, `{error: "..."}`, `{object: "error", ...}`, `{detail: ...}`, `{errors: [...]}` and the like; a list's first. */
function findError(value: unknown): ForeignError | undefined {
  const body = asRecord(Array.isArray(value) ? value[0] : value)
  const refusal = findBaseResp(asRecord(body.base_resp))
  if (refusal !== undefined) return refusal
  const { error } = body
  if (typeof error === 'string') return { message: error, code: `${textOf(body.code)} ${textOf(body.error_type)}`, status: statusOf(body) }
  if (typeof error === 'object' && error !== null) {
    const inner = asRecord(error)
    const message = messageIn(inner) ?? messageIn(body) ?? JSON.stringify(error)
    return { message, code: `${textOf(inner.code)} ${textOf(inner.type)}`, status: statusOf(inner) ?? statusOf(body) }
  }
  // SiliconFlow's errors have their data too: none.
  if (body.choices !== undefined || (body.data !== undefined && body.data !== null)) return undefined
  const isError = body.object === 'error' || body.type === 'error' || 'detail' in body || 'errors' in body || 'code' in body
  if (!isError && !('message' in body)) return undefined
  return { message: messageIn(body), code: `${textOf(body.code)} ${textOf(body.type)}`, status: statusOf(body) }
}

/** MiniMax's codes, as HTTP would say them; the others are told by their words. */
const BASE_RESP_STATUS: Readonly<Record<number, number>> = { 1002: 429, 1004: 401, 1008: 402, 1039: 429, 2013: 400, 2049: 401 }
const BASE_RESP_SENSITIVE = new Set([1026, 1027])

/** `{base_resp: {status_code, status_msg}}`, with which MiniMax fails under the status 200. */
function findBaseResp({ status_code: told, status_msg: words }: Readonly<Record<string, unknown>>): ForeignError | undefined {
  const number = Number(told ?? 0)
  if (number === 0) return undefined
  const code = `${textOf(told)}${BASE_RESP_SENSITIVE.has(number) ? ' content_filter' : ''}`
  const status = BASE_RESP_STATUS[number] ?? (BASE_RESP_SENSITIVE.has(number) ? 400 : undefined)
  return { message: textOf(words) || undefined, code, status }
}

function messageIn(body: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of ['message', 'detail', 'msg', 'errors', 'error_msg']) {
    const value = body[name]
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  }
  return undefined
}

function statusOf(body: Readonly<Record<string, unknown>>): number | undefined {
  for (const value of [body.status, body.status_code, body.code]) {
    const status = Number(value)
    if (Number.isInteger(status) && status >= 400 && status < 600) return status
  }
  return undefined
}

function describePage(body: string): string {
  const title = /<title[^>]*>([^<]{1,200})<\/title>/i.exec(body)?.[1]?.trim()
  if (title) return `: a web page, "${title}". Check the address`
  if (/^\s*</.test(body)) return ': a web page. Check the address'
  const quote = body.trim().replace(/\s+/g, ' ').slice(0, 120)
  return quote === '' ? '' : `: ${quote}`
}

function redact(message: string, secrets: readonly string[]): string {
  const clean = secrets.filter((secret) => secret.length >= 4).reduce((text, secret) => text.replaceAll(secret, '***'), message)
  return clean.length <= MAX_MESSAGE_LENGTH ? clean : `${clean.slice(0, MAX_MESSAGE_LENGTH - 1)}…`
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  // Members of an unknown object are each checked where they are read.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
