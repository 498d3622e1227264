import { EgressError } from '@trellis/spec'
import type { Dispatcher } from 'undici'
import { toResponseHeaders } from './headers.ts'
import { ResponseBody } from './response-body.ts'

/** One request and its response, without redirects. */
export interface Exchange {
  readonly url: URL
  readonly method: Dispatcher.HttpMethod
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
  readonly signal: AbortSignal | undefined
  readonly connectTimeoutMs: number
  readonly headersTimeoutMs: number
  readonly idleTimeoutMs: number
}

export interface ExchangeResponse {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: ResponseBody
}

/** Sends a request; resolves once the headers have come. @throws EgressError */
export function exchange(dispatcher: Dispatcher, request: Exchange): Promise<ExchangeResponse> {
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(request, resolve, reject)
    try {
      dispatcher.dispatch(
        {
          origin: request.url.origin,
          path: request.url.pathname + request.url.search,
          method: request.method,
          headers: request.headers,
          body: request.body ?? null,
          headersTimeout: request.headersTimeoutMs,
          bodyTimeout: request.idleTimeoutMs,
        },
        handler,
      )
    } catch (error) {
      handler.onResponseError(undefined, error)
    }
  })
}

/** Speaks undici's lowest interface: a body chunk costs one call and one array entry. */
class ExchangeHandler {
  readonly #request: Exchange
  readonly #resolve: (response: ExchangeResponse) => void
  readonly #reject: (error: unknown) => void
  readonly #connectTimer: NodeJS.Timeout
  readonly #onAbort = () => this.#stop(toAbortError(this.#request.signal))
  #controller: Dispatcher.DispatchController | undefined
  #stopReason: EgressError | undefined
  #body: ResponseBody | undefined

  constructor(request: Exchange, resolve: (response: ExchangeResponse) => void, reject: (error: unknown) => void) {
    this.#request = request
    this.#resolve = resolve
    this.#reject = reject
    this.#connectTimer = setTimeout(() => {
      this.#stop(new EgressError('timeout', `${request.url.host} could not be reached within ${request.connectTimeoutMs} ms.`))
    }, request.connectTimeoutMs)
    request.signal?.addEventListener('abort', this.#onAbort, { once: true })
    if (request.signal?.aborted === true) this.#onAbort()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    clearTimeout(this.#connectTimer)
    this.#controller = controller
    // Undici cannot take back what waits for a connection; it is ended here, before a byte was sent.
    if (this.#stopReason !== undefined) controller.abort(this.#stopReason)
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return
    this.#body = new ResponseBody(controller)
    this.#resolve({ status, headers: toResponseHeaders(headers), body: this.#body })
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.push(chunk)
  }

  onResponseEnd(): void {
    this.#release()
    this.#body?.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    this.#fail(this.#stopReason ?? toEgressError(error, this.#request))
  }

  #stop(reason: EgressError): void {
    this.#stopReason ??= reason
    if (this.#controller === undefined) this.#fail(reason)
    else this.#controller.abort(reason)
  }

  #fail(error: unknown): void {
    this.#release()
    this.#body?.fail(error)
    this.#reject(error)
  }

  #release(): void {
    clearTimeout(this.#connectTimer)
    this.#request.signal?.removeEventListener('abort', this.#onAbort)
  }
}

export function toAbortError(signal: AbortSignal | undefined): EgressError {
  return new EgressError('aborted', 'The request was stopped.', { cause: signal?.reason })
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''

function toEgressError(error: unknown, request: Exchange): EgressError {
  if (error instanceof EgressError) return error
  const host = request.url.host
  const code = codeOf(error)
  const fail = (failure: EgressError['failure'], message: string, rule?: string) =>
    new EgressError(failure, message, { cause: error, ...(rule === undefined ? {} : { rule }) })
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return fail('timeout', `${host} could not be reached in time.`)
    case 'UND_ERR_HEADERS_TIMEOUT':
      return fail('timeout', `${host} did not answer within ${request.headersTimeoutMs} ms.`)
    case 'UND_ERR_BODY_TIMEOUT':
      return fail('timeout', `${host} fell silent for ${request.idleTimeoutMs} ms in the middle of its answer.`)
    case 'UND_ERR_INVALID_ARG':
    case 'UND_ERR_NOT_SUPPORTED':
      return fail('refused', `The request is not valid HTTP: ${error instanceof Error ? error.message : ''}.`, 'invalid-request')
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fail('connection', `The name ${request.url.hostname} cannot be resolved.`)
    case 'ECONNREFUSED':
      return fail('connection', `${host} refuses connections.`)
    case 'UND_ERR_SOCKET':
    case 'ECONNRESET':
    case 'EPIPE':
      return fail('connection', `${host} closed the connection before its answer was complete.`)
    case 'UND_ERR_DESTROYED':
    case 'UND_ERR_CLOSED':
      return fail('aborted', 'The server is shutting down.')
    default:
      return fail('connection', `The request to ${host} failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}
