import type { App, Json } from '../console.ts'
import { parseFrames } from '../frames.ts'
import type { Exchange } from './judge.ts'

export interface Call {
  /** What is tried, in a few words; the same for all that a table would not tell apart. */
  readonly title: string
  /** Values of `{name}` in the path. */
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object | FormData | string
  readonly headers?: Readonly<Record<string, string>>
  /** The reply that is meant, `201` or `404 not_found`: another one would leave the case untried. */
  readonly expect: string
}

/** Calls an operation with the key of one app. Returns the parsed reply. */
export type Caller = (operation: string, call: Call) => Promise<Json>

export interface Recorder {
  readonly exchanges: readonly Exchange[]
  as(app: Pick<App, 'key'>): Caller
}

/** Calls operations of the Service API and keeps what they answered. */
export function createRecorder(baseUrl: string): Recorder {
  const exchanges: Exchange[] = []
  return {
    exchanges,
    as: (app) => async (operation, call) => {
      const response = await send({ baseUrl, operation, key: app.key, call })
      const contentType = response.headers.get('content-type')?.split(';')[0] ?? ''
      const body = await readBody(response, contentType)
      exchanges.push({ operation, title: call.title, status: response.status, contentType, body })
      const answered = response.ok ? `${response.status}` : `${response.status} ${body?.code}`
      if (answered !== call.expect) {
        throw new Error(`${operation} (${call.title}) answered ${answered} in place of ${call.expect}: ${JSON.stringify(body)}`)
      }
      return body
    },
  }
}

interface Sending {
  readonly baseUrl: string
  /** `GET /messages/{message_id}/suggested`. */
  readonly operation: string
  readonly key: string
  readonly call: Omit<Call, 'title' | 'expect'>
}

export function send({ baseUrl, operation, key, call }: Sending): Promise<Response> {
  const { path = {}, query = {}, body, headers } = call
  const [method = '', template = ''] = operation.split(' ')
  const url = new URL(baseUrl + template.replace(/\{(\w+)\}/g, (_, name) => path[name] ?? ''))
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const isObject = typeof body === 'object' && !(body instanceof FormData)
  return fetch(url, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(isObject ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: isObject ? JSON.stringify(body) : body } : {}),
  })
}

async function readBody(response: Response, contentType: string): Promise<Json> {
  const text = await response.text()
  if (text === '') return undefined
  if (contentType === 'text/event-stream') return parseFrames(text)
  return contentType === 'application/json' ? JSON.parse(text) : text
}
