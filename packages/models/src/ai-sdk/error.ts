import { EgressError, ProviderError, type ProviderFailureKind } from '@trellis/spec'
import { retryAfterMsIn } from './retry-after.ts'

/** What an AI SDK failure tells; read by shape, since importing its classes would load the SDK at start. */
interface ForeignFailure {
  readonly name: string
  readonly message: string
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly cause: unknown
}

const MAX_MESSAGE_LENGTH = 1_000

/** `modelStreamErrorException` of Bedrock: a stream that broke off, to be asked for again. */
const BROKEN_STREAM = 424

const CONTEXT_LENGTH =
  /prompt is too long|input is too long|context (?:window|length|limit)|input (?:token count|is too long|length)[^.]*exceed|exceeds? the (?:maximum|limit)[^.]*tokens|too many (?:input )?tokens|maximum (?:context|number of tokens)/i
const CONTENT_REFUSED = /content[ _](?:policy|filter|management)|safety (?:system|polic|filter)|prohibited[ _]content|usage polic/i
const BAD_KEY =
  /api[ _]?key (?:not valid|expired|not found|is invalid)|API_KEY_INVALID|invalid (?:x-)?api[ -]key|credit balance is too low/i

/**
 * Any failure of an AI SDK call as our one error. `secrets` are cut out of the provider's words.
 * An aborted call gives back the signal's reason instead: that is no failure.
 */
export function toProviderError(error: unknown, signal: AbortSignal, secrets: readonly string[]): unknown {
  if (signal.aborted) return signal.reason
  if (ProviderError.is(error)) return error
  const egressError = findEgressError(error)
  if (egressError !== undefined) {
    const kind = egressError.failure === 'refused' ? 'bad-request' : 'connection'
    return new ProviderError(kind, redact(egressError.message, secrets), { cause: egressError })
  }
  return fromFailure(readFailure(error), secrets)
}

/** The error for an answer that came with a failing status. */
export function toProviderErrorFromResponse(
  response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly message: string
  },
  secrets: readonly string[],
): ProviderError {
  return fromFailure({ ...response, name: '', cause: undefined }, secrets)
}

function fromFailure(failure: ForeignFailure, secrets: readonly string[]): ProviderError {
  const retryAfterMs = retryAfterMsIn(failure.headers, failure.body)
  return new ProviderError(kindOf(failure), redact(wordsOf(failure), secrets), {
    ...(failure.status === undefined ? {} : { status: failure.status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    // Not the SDK's own error: it carries the whole prompt, which has no business in a log.
    cause: failure.cause,
  })
}

function kindOf(failure: ForeignFailure): ProviderFailureKind {
  const { status, name } = failure
  const words = `${failure.message}\n${failure.body}`
  if (status === undefined || status < 400) {
    if (isNonsense(name) || (status !== undefined && name === 'AI_APICallError')) return 'server-unavailable'
    return /Unsupported|InvalidPrompt|InvalidArgument|TooManyEmbedding/.test(name) ? 'bad-request' : 'connection'
  }
  // Money that has run out is no matter of waiting, whatever the status.
  if (/enforced_spend_limit_reached/.test(words)) return 'authorization'
  if (status === 429) return 'rate-limit'
  if (status === 408) return 'connection'
  if (status >= 500 || status === BROKEN_STREAM) return 'server-unavailable'
  if (status === 401 || status === 402 || status === 403 || BAD_KEY.test(words)) return 'authorization'
  if (CONTEXT_LENGTH.test(words) || status === 413) return 'context-length'
  return CONTENT_REFUSED.test(words) ? 'content-refused' : 'bad-request'
}

function isNonsense(name: string): boolean {
  return /JSONParse|TypeValidation|EmptyResponseBody|InvalidResponseData|NoContentGenerated/.test(name)
}

function wordsOf(failure: ForeignFailure): string {
  if (isNonsense(failure.name)) return 'The provider answered something that cannot be understood.'
  if (failure.message !== '') return failure.message
  const told = wordsIn(failure.body)
  if (told !== undefined) return told
  return failure.status === undefined ? 'The provider could not be reached.' : `The provider answered with status ${failure.status}.`
}

/** What a body says that is not in the provider's own shape, which is all that its SDK reads: a proxy's, or that of its gateway. */
function wordsIn(body: string): string | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return undefined
  }
  const { error, message, Message, detail } = asRecord(parsed)
  return [asRecord(error).message, error, message, Message, detail].find(
    (words): words is string => typeof words === 'string' && words !== '',
  )
}

function readFailure(error: unknown): ForeignFailure {
  const members = asRecord(error)
  return {
    name: typeof members.name === 'string' ? members.name : '',
    message: typeof members.message === 'string' ? members.message : '',
    status: typeof members.statusCode === 'number' ? members.statusCode : undefined,
    headers: asHeaders(members.responseHeaders),
    body: typeof members.responseBody === 'string' ? members.responseBody : '',
    cause: members.cause,
  }
}

function findEgressError(error: unknown): EgressError | undefined {
  for (let each: unknown = error, depth = 0; each !== undefined && depth < 5; each = asRecord(each).cause, depth += 1) {
    if (each instanceof EgressError) return each
  }
  return undefined
}

function redact(message: string, secrets: readonly string[]): string {
  const clean = secrets.filter((secret) => secret.length >= 4).reduce((text, secret) => text.replaceAll(secret, '***'), message)
  return clean.length <= MAX_MESSAGE_LENGTH ? clean : `${clean.slice(0, MAX_MESSAGE_LENGTH - 1)}…`
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  // Members of an unknown object are each checked where they are read.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function asHeaders(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(asRecord(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
