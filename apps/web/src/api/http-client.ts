import { ApiError, toApiError } from './api-error.ts'
import { readSse } from './sse.ts'

export type QueryValue = string | number | boolean | null | undefined

export interface RequestOptions {
  readonly query?: Readonly<Record<string, QueryValue>> | undefined
  /** Sent as JSON, or as the form that it is. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
  /** Lets the request outlive the page (saving a draft while it is left). */
  readonly keepalive?: boolean | undefined
}

export interface HttpClient {
  get<T>(path: string, options?: RequestOptions): Promise<T>
  post<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>
  patch<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>
  put<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>
  delete<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>
  /** Posts and gives the answer as it is: audio that is still coming. */
  open(path: string, body: unknown, options?: RequestOptions): Promise<Response>
  /** Gets what is no JSON: a file to save. */
  download(path: string, options?: RequestOptions): Promise<Blob>
  /** Posts and reads the event stream of the answer: each frame's JSON. Pings are left out; an answer of JSON is its only frame. */
  stream<T>(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<T, void, undefined>
  /** The same of a GET. */
  streamFrom<T>(path: string, query: Readonly<Record<string, QueryValue>>, signal: AbortSignal): AsyncGenerator<T, void, undefined>
  /** What a request beside this client carries (an upload that tells its progress); it does not renew the session. */
  headers(): Record<string, string>
}

export interface HttpClientDependencies {
  /** Prefix of every path, `/console/api`. */
  readonly baseUrl: string
  readonly fetch: typeof fetch
  /** Headers that depend on the moment: the CSRF token, a passport. */
  readonly headers?: () => Record<string, string>
  /** Renews the session. True where another try makes sense; called once however many requests wait for it. */
  readonly refresh?: () => Promise<boolean>
  /** The session is gone for good. */
  readonly onSessionLost?: (error: ApiError) => void
  /** Whether the last request reached the server at all. */
  readonly onReachable?: (isReachable: boolean) => void
}

/** JSON over fetch with one way of failing: `ApiError`. */
export function createHttpClient(dependencies: HttpClientDependencies): HttpClient {
  const refreshOnce = createSingleFlight(dependencies.refresh)

  async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
    const response = await sendOnce(dependencies, method, path, options)
    if (response.ok) return response
    const error = toApiError(response.status, await readBody(response), response.headers.get('retry-after'))
    if (!isSessionError(error) || !dependencies.refresh) throw error
    if (!(await refreshOnce())) {
      dependencies.onSessionLost?.(error)
      throw error
    }
    const second = await sendOnce(dependencies, method, path, options)
    if (second.ok) return second
    const secondError = toApiError(second.status, await readBody(second), second.headers.get('retry-after'))
    if (isSessionError(secondError)) dependencies.onSessionLost?.(secondError)
    throw secondError
  }

  async function json<T>(method: string, path: string, options: RequestOptions): Promise<T> {
    const response = await send(method, path, options)
    const body = await readBody(response)
    // Our own server's answer to a route whose shape the caller names; its schema is checked on the server.
    return body as T
  }

  return {
    get: (path, options = {}) => json('GET', path, options),
    post: (path, body, options = {}) => json('POST', path, { ...options, body: body ?? {} }),
    patch: (path, body, options = {}) => json('PATCH', path, { ...options, body: body ?? {} }),
    put: (path, body, options = {}) => json('PUT', path, { ...options, body: body ?? {} }),
    delete: (path, body, options = {}) => json('DELETE', path, { ...options, body }),
    open: (path, body, options = {}) => send('POST', path, { ...options, body }),
    download: (path, options = {}) => download(() => send('GET', path, options), options.signal),
    headers: () => dependencies.headers?.() ?? {},
    stream: <T>(path: string, body: unknown, signal: AbortSignal) => readStream<T>(() => send('POST', path, { body, signal }), signal),
    streamFrom: <T>(path: string, query: Readonly<Record<string, QueryValue>>, signal: AbortSignal) =>
      readStream<T>(() => send('GET', path, { query, signal }), signal),
  }
}

/** A connection that breaks in the middle of a file is one that could not be reached. */
async function download(open: () => Promise<Response>, signal: AbortSignal | undefined): Promise<Blob> {
  const response = await open()
  try {
    return await response.blob()
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError({ code: 'network_unreachable', message: '', status: 0, cause })
  }
}

async function* readStream<T>(open: () => Promise<Response>, signal: AbortSignal): AsyncGenerator<T, void, undefined> {
  const response = await open()
  if (response.headers.get('content-type')?.startsWith('application/json')) {
    // As below.
    yield (await readBody(response)) as T
    return
  }
  if (!response.body) throw new ApiError({ code: 'malformed_answer', message: '', status: response.status })
  try {
    for await (const frame of readSse(response.body)) {
      // A frame is one JSON object of ours; its type is the event union that the caller names.
      if (frame.data !== undefined) yield JSON.parse(frame.data) as T
    }
  } catch (cause) {
    if (signal.aborted) throw cause
    throw cause instanceof SyntaxError
      ? new ApiError({ code: 'malformed_answer', message: '', status: response.status, cause })
      : new ApiError({ code: 'network_unreachable', message: '', status: 0, cause })
  }
}

/** Only a missing or expired session is worth a refresh; a wrong password or a missing set-up is an answer. */
function isSessionError(error: ApiError): boolean {
  return error.status === 401 && (error.code === 'unauthorized' || error.code === 'unauthorized_and_force_logout')
}

function createSingleFlight(run: (() => Promise<boolean>) | undefined): () => Promise<boolean> {
  let flight: Promise<boolean> | undefined
  return () => {
    flight ??= (run?.() ?? Promise.resolve(false)).finally(() => {
      flight = undefined
    })
    return flight
  }
}

async function sendOnce(dependencies: HttpClientDependencies, method: string, path: string, options: RequestOptions): Promise<Response> {
  const { baseUrl, headers, onReachable } = dependencies
  const { body } = options
  const isForm = body instanceof FormData
  const isJson = body !== undefined && !isForm
  try {
    const response = await dependencies.fetch(baseUrl + path + toQueryString(options.query), {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(isJson && { 'content-type': 'application/json' }), ...headers?.() },
      ...(isForm && { body }),
      ...(isJson && { body: JSON.stringify(body) }),
      ...(options.signal && { signal: options.signal }),
      ...(options.keepalive && { keepalive: true }),
    })
    onReachable?.(true)
    return response
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    onReachable?.(false)
    throw new ApiError({ code: 'network_unreachable', message: '', status: 0, cause })
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '')
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!response.ok) return undefined
    throw new ApiError({ code: 'malformed_answer', message: '', status: response.status, cause })
  }
}

/** `?a=1&b=x`, leaving out what is absent or empty. */
export function toQueryString(query: Readonly<Record<string, QueryValue>> = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
