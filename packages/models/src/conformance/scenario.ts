import type { ToolCall } from '@trellis/spec'

/** What a fake provider is told to do with the next request, in no provider's terms. */
export type Scenario =
  | { readonly type: 'answer'; readonly chunks: readonly string[]; readonly reasoning?: readonly string[]; readonly finish: AnswerEnd }
  | { readonly type: 'tool-calls'; readonly calls: readonly ToolCall[] }
  /** Says the chunks and then nothing, until the caller goes away. */
  | { readonly type: 'hang'; readonly chunks: readonly string[] }
  /** Says the chunks, then destroys the connection. */
  | { readonly type: 'cut'; readonly chunks: readonly string[] }
  | { readonly type: 'failure'; readonly failure: ProviderFailure }
  /** Says the chunks, then that it is overloaded, within the stream. */
  | { readonly type: 'failure-in-stream'; readonly chunks: readonly string[] }
  /** Status 200 and a page of HTML. */
  | { readonly type: 'nonsense' }

export type AnswerEnd = 'stop' | 'length' | 'content-filter'
export type ProviderFailure = 'bad-key' | 'rate-limit' | 'overload' | 'context-length' | 'content-refused' | 'bad-request'

/** Told by every fake provider at the end of every answer. */
export const FAKE_USAGE = { prompt: 12, cached: 4, completion: 7, reasoning: 2 } as const
export const RETRY_AFTER_SECONDS = 7

export interface FakeResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A request as its provider would understand it. */
export interface UnderstoodRequest {
  readonly model: string
  readonly apiKey: string
  readonly system: string
  readonly userTexts: readonly string[]
  /** Base64 of each image. */
  readonly images: readonly string[]
  /** Base64 of each document, sound and video. */
  readonly files: readonly string[]
  readonly toolNames: readonly string[]
  readonly toolCalls: readonly { readonly name: string; readonly arguments: unknown }[]
  readonly toolResults: readonly string[]
  readonly schema: unknown
  readonly stop: readonly string[]
  readonly maxTokens: unknown
}

export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
}

/** One provider's protocol, as far as the suite needs it. */
export interface Wire {
  /** What the texts below are in bytes: `latin1` where each character is one; UTF-8 where absent. */
  readonly encoding?: 'latin1'
  /** Of answers in a stream; those of server-sent events where absent. */
  readonly streamHeaders?: Readonly<Record<string, string>>
  /** The beginning of a stream, up to the last chunk. */
  open(chunks: readonly string[], reasoning: readonly string[]): string
  finish(end: AnswerEnd): string
  toolCalls(calls: readonly ToolCall[]): string
  overloadInStream(): string
  failure(failure: ProviderFailure, apiKey: string): FakeResponse
  modelList(): unknown
  understand(request: ReceivedRequest): UnderstoodRequest
}

export function sse(data: unknown, event?: string): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}

export const SSE_HEADERS = { 'content-type': 'text/event-stream' } as const

/** Reads members of a parsed body without promising anything about its shape; what is missing reads as undefined. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (current, key) => (typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined),
    value,
  )
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}
