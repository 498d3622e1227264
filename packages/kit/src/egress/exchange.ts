import { isIP } from 'node:net'
import type { Readable } from 'node:stream'
import { EgressError, type EgressRequest } from '@trellis/spec'
import type { Dispatcher } from 'undici'
import { toAbortError, toEgressError } from './failure.ts'
import { toResponseHeaders } from './headers.ts'
import { openBody } from './request-body.ts'
import { ResponseBody } from './response-body.ts'
import { requestTargetOf } from './url.ts'

/** One request and its response, without redirects. */
export interface Exchange {
  readonly url: URL
  readonly method: Dispatcher.HttpMethod
  readonly headers: Readonly<Record<string, string>>
  readonly body: EgressRequest['body']
  readonly bodySizeBytes: number | undefined
  readonly signal: AbortSignal | undefined
  readonly connectTimeoutMs: number
  readonly headersTimeoutMs: number
  readonly idleTimeoutMs: number
  readonly writeTimeoutMs: number | undefined
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
      const { body, sizeBytes } = openBody(request, (error) => handler.stop(error))
      dispatcher.dispatch(
        {
          origin: request.url.origin,
          path: requestTargetOf(request.url),
          method: request.method,
          headers: sizeBytes === undefined ? request.headers : { ...request.headers, 'content-length': String(sizeBytes) },
          // Undici takes any iterable; its type names only some.
          body: body as string | Uint8Array | Readable | null,
          headersTimeout: request.headersTimeoutMs,
          bodyTimeout: request.idleTimeoutMs,
          // The certificate is that of the address, whatever the Host header says.
          ...{ servername: request.url.hostname.startsWith('[') || isIP(request.url.hostname) !== 0 ? null : request.url.hostname },
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
  readonly #onAbort = () => this.stop(toAbortError(this.#request.signal))
  #controller: Dispatcher.DispatchController | undefined
  #stopReason: EgressError | undefined
  #body: ResponseBody | undefined

  constructor(request: Exchange, resolve: (response: ExchangeResponse) => void, reject: (error: unknown) => void) {
    this.#request = request
    this.#resolve = resolve
    this.#reject = reject
    this.#connectTimer = setTimeout(() => {
      this.stop(new EgressError('timeout', `${request.url.host} could not be reached within ${request.connectTimeoutMs} ms.`))
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

  /** Ends the request, at whatever point it is. */
  stop(reason: EgressError): void {
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
