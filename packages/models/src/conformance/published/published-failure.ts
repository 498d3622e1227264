import type { Failure } from '../abilities.ts'
import { SSE_HEADERS } from '../scenario.ts'
import { chunk, DONE } from './published-answer.ts'

/** A failure as its provider's published reference has it. */
export interface PublishedFailure {
  readonly failure: Exclude<Failure, 'cut'>
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or a text as it goes over the wire. */
  readonly body: object | string
}

export interface PublishedFailures {
  readonly provider: string
  /** The page that tells them. */
  readonly address: string
  /** When it was read, as YYYY-MM-DD. */
  readonly readOn: string
  readonly failures: readonly PublishedFailure[]
}

export const failureOf = (failure: PublishedFailure['failure'], status: number, body: object | string): PublishedFailure => ({
  failure,
  status,
  body,
})

/** A stream of OpenAI's family that ends with a failure for a reason to finish, and with its words where the answer would be. */
export const failureInStream = (failure: PublishedFailure['failure'], finish: string, content = ''): PublishedFailure => ({
  failure,
  status: 200,
  headers: SSE_HEADERS,
  body: chunk({ role: 'assistant', content }, {}, finish) + DONE,
})

/** The envelope of OpenAI's, which most of its family have taken over. */
export const errorBody = (message: string, code: string | number | null, type = 'invalid_request_error'): object => ({
  error: { message, type, param: null, code },
})
