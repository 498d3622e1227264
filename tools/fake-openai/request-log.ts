import type { IncomingMessage, ServerResponse } from 'node:http'

/** The parts of a request body that the fake looks at; the rest is kept as it came. */
export interface ChatRequestBody {
  readonly model?: string
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
  readonly messages?: readonly { readonly role: string; readonly content: unknown }[]
  readonly max_tokens?: number
  readonly max_completion_tokens?: number
  readonly input?: string | readonly string[]
  readonly dimensions?: number
  readonly encoding_format?: string
  readonly [key: string]: unknown
}

export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** Parsed JSON, or the fields of a form; undefined where there was none. */
  readonly body: ChatRequestBody | undefined
  readonly model: string
  /** `aborted`: the caller hung up (or a fault cut it off) before the end. */
  outcome: 'open' | 'finished' | 'aborted'
  tokensSent: number
}

export interface RequestLog {
  /** Kept requests, oldest first. */
  readonly requests: readonly FakeRequest[]
  readonly counters: { requests: number; openStreams: number; tokensSent: number }
  open(incoming: IncomingMessage, path: string, body: ChatRequestBody | undefined, response: ServerResponse): FakeRequest
  addTokens(request: FakeRequest, count: number): void
}

export function createRequestLog(keepRequests: number): RequestLog {
  const requests: FakeRequest[] = []
  const counters = { requests: 0, openStreams: 0, tokensSent: 0 }
  return {
    requests,
    counters,
    open(incoming, path, body, response) {
      const { method = 'GET', headers } = incoming
      const request: FakeRequest = { method, path, headers, body, model: body?.model ?? '', outcome: 'open', tokensSent: 0 }
      counters.requests += 1
      counters.openStreams += 1
      response.on('close', () => {
        counters.openStreams -= 1
        request.outcome = response.writableFinished ? 'finished' : 'aborted'
      })
      if (keepRequests > 0) requests.push(request)
      if (requests.length > keepRequests) requests.shift()
      return request
    },
    addTokens(request, count) {
      request.tokensSent += count
      counters.tokensSent += count
    },
  }
}
