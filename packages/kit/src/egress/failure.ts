import { EgressError } from '@trellis/spec'

/** What of a request its failures speak of. */
export interface FailedRequest {
  readonly url: URL
  readonly headersTimeoutMs: number
  readonly idleTimeoutMs: number
}

const CERTIFICATE_CODES =
  /^(?:CERT_|ERR_TLS_CERT|SELF_SIGNED|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECRYPT|DECODE)|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED)/
const UNREACHABLE_CODES = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTDOWN', 'ENETDOWN'])

/** Translates what undici, sockets and TLS throw. */
export function toEgressError(error: unknown, request: FailedRequest): EgressError {
  if (error instanceof EgressError) return error
  const code = codeOf(error)
  const host = request.url.host
  const fail = (failure: EgressError['failure'], message: string, rule?: string) =>
    new EgressError(failure, message, { cause: error, ...(rule === undefined ? {} : { rule }) })
  const viaProxy = proxyAnswerOf(error)
  if (viaProxy !== undefined) return refusedByProxy(host, viaProxy, { cause: error })
  if (code.startsWith('HPE_HEADER_OVERFLOW') || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return fail('too-large', `The headers of ${host}'s answer are too large.`, 'max-header-bytes')
  }
  if (code.startsWith('HPE_')) return fail('connection', `${host} answered with something that is not HTTP.`)
  if (CERTIFICATE_CODES.test(code)) {
    const remedy = 'Mend the certificate, or turn its verification off for this request.'
    return fail('connection', `The certificate of ${host} cannot be trusted (${code}). ${remedy}`, 'certificate')
  }
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return fail('connection', `${host} does not speak TLS as it should (${code}).`)
  if (UNREACHABLE_CODES.has(code)) return fail('connection', `${host} cannot be reached from here (${code}).`)
  return fail(...describeCode(code, error, request))
}

function describeCode(
  code: string,
  error: unknown,
  request: FailedRequest,
): [failure: EgressError['failure'], message: string, rule?: string] {
  const host = request.url.host
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return ['timeout', `${host} could not be reached in time.`]
    case 'UND_ERR_HEADERS_TIMEOUT':
      return ['timeout', `${host} did not answer within ${request.headersTimeoutMs} ms.`]
    case 'UND_ERR_BODY_TIMEOUT':
      return ['timeout', `${host} fell silent for ${request.idleTimeoutMs} ms in the middle of its answer.`]
    case 'UND_ERR_INVALID_ARG':
    case 'UND_ERR_NOT_SUPPORTED':
    case 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH':
      return ['refused', `The request is not valid HTTP: ${messageOf(error)}.`, 'invalid-request']
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return ['connection', `The name ${request.url.hostname} cannot be resolved.`]
    case 'ECONNREFUSED':
      return ['connection', `${host} refuses connections.`]
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
    case 'ECONNRESET':
    case 'EPIPE':
      return ['connection', `${host} closed the connection before its answer was complete.`]
    case 'UND_ERR_DESTROYED':
    case 'UND_ERR_CLOSED':
      return ['aborted', 'The server is shutting down.']
    default:
      return ['connection', `The request to ${host} failed: ${messageOf(error)}`]
  }
}

/** The status with which a forward proxy refused, where it did. */
function proxyAnswerOf(error: unknown): number | undefined {
  const message = messageOf(error)
  const tunnel = /^Proxy response \((\d{3})\)/.exec(message)
  if (tunnel !== null) return Number(tunnel[1])
  return message.startsWith('Proxy Authentication Required') ? 407 : undefined
}

/** @param rule what our own proxy names; Squid's rules are known to Squid alone */
export function refusedByProxy(
  host: string,
  status: number,
  { rule, cause }: { rule?: string | undefined; cause?: unknown } = {},
): EgressError {
  const answer = `answered ${status}${rule === undefined ? '' : `, rule ${rule}`}`
  const what =
    status >= 500
      ? `could not pass the request to ${host} on: it ${answer}. Its log has the reason.`
      : `did not let the request to ${host} through: it ${answer}. ${remedyFor(status)}`
  const failure = status >= 500 ? 'connection' : 'refused'
  return new EgressError(failure, `The forward proxy (SSRF_PROXY_*_URL) ${what}`, { rule: 'proxy', cause })
}

function remedyFor(status: number): string {
  return status === 407
    ? 'It wants a name and a password: give them in SSRF_PROXY_ALL_URL.'
    : 'The operator can allow the host in the configuration of that proxy.'
}

export function toAbortError(signal: AbortSignal | undefined): EgressError {
  return new EgressError('aborted', 'The request was stopped.', { cause: signal?.reason })
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return ''
  return error.code
}

/** Several addresses were tried and each failed: the first failure speaks for all. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return messageOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
