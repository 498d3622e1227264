import { EgressError, type EgressPolicy, type EgressRequest, type EgressResponse } from '@trellis/spec'

const MAX_REDIRECTS = 20
const NULL_BODY_STATUSES = new Set([204, 205, 304])
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

/**
 * The egress mechanism in the shape of WHATWG `fetch`. As there, failures are a TypeError `fetch failed` with the EgressError as
 * its cause, and an abort rejects with the signal's reason.
 */
export function createFetch(send: (request: EgressRequest) => Promise<EgressResponse>, policy: EgressPolicy): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const method = METHODS.find((known) => known === request.method)
    if (method === undefined) throw new TypeError(`The method ${request.method} is not supported.`)
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer())
    try {
      const response = await send({
        url: request.url,
        policy,
        method,
        headers: Object.fromEntries(request.headers),
        ...(body === undefined ? {} : { body }),
        signal: request.signal,
        maxRedirects: request.redirect === 'follow' ? MAX_REDIRECTS : 0,
      })
      if (request.redirect === 'error' && response.status >= 300 && response.status < 400) {
        throw new EgressError('refused', 'The server redirects, which the caller does not allow.', { rule: 'redirect' })
      }
      return toFetchResponse(response, request)
    } catch (error) {
      throw toFetchError(error, request.signal)
    }
  }
}

function toFetchResponse(response: EgressResponse, request: Request): Response {
  const hasBody = !NULL_BODY_STATUSES.has(response.status) && request.method !== 'HEAD'
  const iterator = response.chunks[Symbol.asyncIterator]()
  if (!hasBody) void iterator.return?.()
  const result = new Response(hasBody ? toStream(iterator, request.signal) : null, { status: response.status, headers: response.headers })
  // The constructor has no way to set it, and libraries read it to name the endpoint in their errors.
  Object.defineProperty(result, 'url', { value: response.url })
  return result
}

function toStream(iterator: AsyncIterator<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await iterator.next()
          if (done === true) controller.close()
          // Never shared memory: the bytes come from a socket or a decompressor.
          else controller.enqueue(value as Uint8Array<ArrayBuffer>)
        } catch (error) {
          controller.error(toFetchError(error, signal))
        }
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

function toFetchError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  return error instanceof EgressError ? new TypeError('fetch failed', { cause: error }) : error
}
