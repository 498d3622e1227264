import type { ServerResponse } from 'node:http'
import type { FakeBehaviour, FaultKind } from './behaviour.ts'
import { type ApiError, renderError } from './wire.ts'

/** Refusals: an HTTP error in the provider's own shape. */
const refusals: Partial<Record<FaultKind, ApiError>> = {
  unauthorized: { status: 401, message: 'Incorrect API key provided.', type: 'invalid_request_error', code: 'invalid_api_key' },
  forbidden: { status: 403, message: 'Your project may not use this model.', type: 'invalid_request_error', code: 'permission_denied' },
  'rate-limit': { status: 429, message: 'Rate limit reached for requests.', type: 'requests', code: 'rate_limit_exceeded' },
  'server-error': { status: 500, message: 'The server had an error while processing your request.', type: 'server_error', code: null },
  unavailable: { status: 503, message: 'The engine is currently overloaded.', type: 'server_error', code: null },
  'context-length': {
    status: 400,
    message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
    type: 'invalid_request_error',
    code: 'context_length_exceeded',
    param: 'messages',
  },
  'prompt-filter': {
    status: 400,
    message: 'The prompt was refused by the content management policy.',
    type: 'invalid_request_error',
    code: 'content_filter',
    param: 'prompt',
  },
  'model-not-found': { status: 404, message: 'The model does not exist.', type: 'invalid_request_error', code: 'model_not_found' },
}

const HTML = '<!doctype html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n'
/** Invalid as UTF-8, as JSON and as server-sent events. */
const GARBAGE = Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0xa0, 0xa1, 0x0a, 0x0a, 0x80, 0xf8, 0x88, 0x0a])

export function sendError(response: ServerResponse, error: ApiError, headers: Record<string, string> = {}): void {
  response.writeHead(error.status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(renderError(error)))
}

/** Answers a request that fails before its first token. False where the fault belongs to the stream, or there is none. */
export function answerWithFault(response: ServerResponse, behaviour: FakeBehaviour, isStreamed: boolean): boolean {
  const { fault, retry } = behaviour
  if (!fault) return false
  const refusal = refusals[fault]
  if (refusal) {
    sendError(response, refusal, retry > 0 && refusal.status >= 429 ? { 'retry-after': String(retry) } : {})
    return true
  }
  const contentType = isStreamed ? 'text/event-stream' : 'application/json'
  switch (fault) {
    case 'hang':
      return true
    case 'html':
      response.writeHead(502, { 'content-type': 'text/html' }).end(HTML)
      return true
    case 'garbage':
      response.writeHead(200, { 'content-type': contentType }).end(GARBAGE)
      return true
    case 'not-json':
      response
        .writeHead(200, { 'content-type': contentType })
        .end(isStreamed ? 'data: this is no JSON\n\ndata: [DONE]\n\n' : 'this is no JSON')
      return true
    case 'empty':
      response.writeHead(200, { 'content-type': contentType }).end(isStreamed ? '' : '{}')
      return true
    default:
      return false
  }
}

/** How a stream ends at the token where its fault lies; a stalled one stays silent for ever. */
const midStreamFaults: Partial<Record<FaultKind, (response: ServerResponse) => void>> = {
  reset: (response) => response.socket?.resetAndDestroy(),
  stall: () => {},
  'cut-short': (response) => response.end(),
  'error-midstream': (response) => response.end(`data: ${JSON.stringify(renderError(midStreamError))}\n\n`),
  'truncated-json': (response) =>
    response.end('data: {"id":"chatcmpl-fake","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"cont\n\n'),
  'garbage-midstream': (response) => response.end(GARBAGE),
}

const midStreamError: ApiError = {
  status: 500,
  message: 'The server had an error in the middle of the answer.',
  type: 'server_error',
  code: null,
}

export const isMidStreamFault = (fault: FaultKind | undefined): boolean => fault !== undefined && fault in midStreamFaults

/** Ends (or abandons) a stream the way its fault says. */
export function failMidStream(response: ServerResponse, fault: FaultKind | undefined): void {
  if (fault) midStreamFaults[fault]?.(response)
}
