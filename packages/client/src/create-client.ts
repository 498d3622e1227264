import type { BodyInputOf, EventOf, ParamsOf, QueryInputOf, ResponseOf, RouteContract } from '@trellis/contracts'
import { toAddress } from './address.ts'
import { ApiError, readApiError } from './api-error.ts'
import { readEventStream } from './event-stream.ts'

export interface ClientOptions {
  /** Where the server is, without the surface's prefix: `https://example.org`, or empty for the page's own origin. */
  readonly baseUrl: string
  readonly fetch?: typeof globalThis.fetch
  /** Sent with every request; asked for each time, so that tokens may change. */
  readonly headers?: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  readonly credentials?: RequestCredentials
  /** After so long without a byte, pings among them, a stream that has begun counts as lost: TypeError. Never where absent. */
  readonly silenceMs?: number
}

interface CommonOptions {
  readonly signal?: AbortSignal
  /** Beside those of the client. */
  readonly headers?: Readonly<Record<string, string>>
  /** Lets the request outlive the page. */
  readonly keepalive?: boolean
  /** After so long without an answer the server counts as out of reach: `network_unreachable`. Never where absent. */
  readonly answerMs?: number
}

/** A part of the options: absent where the route has none, optional where all of it is. */
type Part<Name extends string, Value> = [Value] extends [undefined]
  ? unknown
  : Record<never, never> extends Value
    ? { readonly [N in Name]?: Value }
    : { readonly [N in Name]: Value }

type BodyPart<T extends RouteContract> = T extends { readonly rawBody: 'multipart' }
  ? { readonly body: FormData }
  : Part<'body', BodyInputOf<T>>

export type CallOptions<T extends RouteContract> = CommonOptions &
  Part<'params', ParamsOf<T>> &
  Part<'query', QueryInputOf<T>> &
  BodyPart<T>

export type StreamOptions<T extends RouteContract> = CallOptions<T> & {
  /** Go on after this frame. */
  readonly lastEventId?: string
}

type Arguments<Options> = Record<never, never> extends Options ? [options?: Options] : [options: Options]

/** One frame of a stream; `id` names it for a later `lastEventId`. */
export interface StreamFrame<Event> {
  readonly id: string | undefined
  readonly event: Event
}

export interface Client {
  /** Asks a route and gives its answer; `null` where the answer is empty. Throws ApiError. */
  call<const T extends RouteContract>(route: T, ...args: Arguments<CallOptions<T>>): Promise<ResponseOf<T>>
  /**
   * Asks a route for its event stream; pings are left out. Leaving the loop disconnects. Where the route can also answer whole,
   * the body must say `response_mode: 'streaming'`. Throws ApiError; failures after the start come as `error` frames.
   */
  stream<const T extends RouteContract>(
    route: T,
    ...args: Arguments<StreamOptions<T>>
  ): AsyncGenerator<StreamFrame<EventOf<T>>, void, undefined>
  /** Asks a route for its raw answer, such as a file's bytes. Throws ApiError. */
  request<const T extends RouteContract>(route: T, ...args: Arguments<CallOptions<T>>): Promise<Response>
}

/** What any route's options look like once their types have done their work. */
interface PlainOptions extends CommonOptions {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly lastEventId?: string
}

/** A client of every surface, typed by its contracts. Holds no state. */
export function createClient(options: ClientOptions): Client {
  const send = createSender(options)
  return {
    // The casts below pass from a route's own types to the plain ones and back: contracts are what both sides agree on.
    call: async (route, ...[callOptions]) => {
      const response = await send(route, callOptions as PlainOptions | undefined, {})
      return (await readJson(response)) as ResponseOf<typeof route>
    },
    request: (route, ...[callOptions]) => send(route, callOptions as PlainOptions | undefined, {}),
    async *stream(route, ...[streamOptions]) {
      const plain = streamOptions as PlainOptions | undefined
      const response = await send(route, plain, streamHeaders(plain?.lastEventId))
      const body = streamBody(response)
      for await (const { id, data } of readEventStream(body, options.silenceMs))
        yield { id, event: parseJson(data, response.status) as EventOf<typeof route> }
    },
  }
}

function createSender(options: ClientOptions) {
  const fetch = options.fetch ?? ((input: string | URL | Request, init?: RequestInit) => globalThis.fetch(input, init))
  return async (route: RouteContract, plain: PlainOptions = {}, extra: Readonly<Record<string, string>>): Promise<Response> => {
    const address = toAddress(options.baseUrl, route, plain.params ?? {}, plain.query ?? {})
    const isForm = plain.body instanceof FormData
    const init: RequestInit = {
      method: route.method,
      headers: {
        accept: 'application/json',
        ...(route.body && !isForm ? { 'content-type': 'application/json' } : {}),
        ...(await options.headers?.()),
        ...extra,
        ...plain.headers,
      },
      ...(options.credentials ? { credentials: options.credentials } : {}),
      ...(plain.keepalive ? { keepalive: true } : {}),
      ...toBody(route, plain.body),
    }
    const response = await reach((signal) => fetch(address, signal ? { ...init, signal } : init), plain)
    if (!response.ok) throw await readApiError(response)
    return response
  }
}

function toBody(route: RouteContract, body: unknown): { readonly body?: BodyInit } {
  if (body instanceof FormData) return { body }
  return route.body ? { body: JSON.stringify(body ?? {}) } : {}
}

async function reach(ask: (signal: AbortSignal | undefined) => Promise<Response>, { signal, answerMs }: CommonOptions): Promise<Response> {
  // Ends the waiting for an answer, not its reading.
  const overdue = new AbortController()
  const timer = answerMs === undefined ? undefined : setTimeout(() => overdue.abort(), answerMs)
  try {
    return await ask(answerMs === undefined ? signal : AbortSignal.any([overdue.signal, ...(signal ? [signal] : [])]))
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError({ code: 'network_unreachable', message: 'The server cannot be reached.', status: 0, cause })
  } finally {
    clearTimeout(timer)
  }
}

const streamHeaders = (lastEventId: string | undefined): Readonly<Record<string, string>> => ({
  accept: 'text/event-stream',
  'x-stream-ids': '1',
  ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
})

function streamBody(response: Response): ReadableStream<Uint8Array> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (isStream && response.body) return response.body
  throw new ApiError({
    code: 'malformed_answer',
    message: 'The server answered with something other than an event stream. Was response_mode "streaming"?',
    status: response.status,
  })
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  return text === '' ? null : parseJson(text, response.status)
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ApiError({ code: 'malformed_answer', message: 'The server answered with something other than JSON.', status, cause })
  }
}
