import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { EgressError } from '@trellis/spec'

const BAD_REQUESTS = new Set(['invalid-url', 'url-length', 'invalid-target', 'scheme', 'invalid-request'])

function statusOf({ failure, rule }: EgressError): number {
  if (rule === 'max-connections') return 503
  if (rule === 'loop') return 508
  switch (failure) {
    case 'refused':
      return BAD_REQUESTS.has(rule ?? '') ? 400 : 403
    case 'timeout':
      return 504
    case 'connection':
    case 'too-large':
    case 'aborted':
      return 502
  }
}

interface Answer {
  readonly status: number
  readonly reason: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function toAnswer(error: EgressError, status: number): Answer {
  const body = `${JSON.stringify({ code: `egress_${error.failure.replace('-', '_')}`, message: error.message, rule: error.rule ?? null, status })}\n`
  // Clients of tunnels show nothing but this line.
  const reason = error.rule === undefined ? (STATUS_CODES[status] ?? '') : `Refused by rule ${error.rule}`
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'x-egress-rule': error.rule ?? error.failure,
    'cache-control': 'no-store',
    connection: 'close',
  }
  return { status, reason, headers, body }
}

/** Where nothing was sent yet the client is told why; else it sees the connection break. */
export function answerError(response: ServerResponse, error: EgressError): number {
  const status = statusOf(error)
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return response.statusCode
  }
  const answer = toAnswer(error, status)
  response.writeHead(status, answer.reason, answer.headers)
  response.end(answer.body)
  return status
}

/** The same on a bare connection. */
export function writeError(socket: Duplex, error: EgressError, status = statusOf(error)): number {
  const answer = toAnswer(error, status)
  const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`)
  if (socket.writable) socket.end(`HTTP/1.1 ${status} ${answer.reason}\r\n${lines.join('')}\r\n${answer.body}`)
  return status
}
