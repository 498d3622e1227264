import type { Quantiles } from './quantiles.ts'

/** One measurement, as the load client is told to take it. */
export interface LoadTask {
  /** `loop`: each user asks again as soon as the answer is there. `hold`: each user holds one long answer. */
  readonly kind: 'loop' | 'hold'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** `%USER%` in it becomes the user's number. */
  readonly body: string
  /** The key of the text in a frame: `content` on OpenAI's wire, `answer` on Dify's. */
  readonly textKey: 'content' | 'answer'
  readonly users: number
  /** Time over which the users arrive. */
  readonly rampMs: number
  /** Time from the last arrival to the beginning of the measurement. */
  readonly settleMs: number
  readonly measureMs: number
  /** Characters of a whole answer; one of another length is an error. Loops only. */
  readonly expectedCharacters?: number
}

export interface LoadResult {
  /** Time from the first byte of the request to the first frame with text, of requests that began within the measurement. */
  readonly firstEventMs: Quantiles
  /** The same to the end of the answer. */
  readonly totalMs: Quantiles
  /** Answers that ended within the measurement. */
  readonly answers: number
  /** Frames with text within the measurement. */
  readonly frames: number
  /** Stamped tokens within the measurement. */
  readonly tokens: number
  /** From the moment a token left the provider until the client read it. */
  readonly latenessMs: Quantiles
  /** The 95th percentile of the stream that fared worst. */
  readonly worstStreamP95Ms: number
  /** The same lateness while users were still arriving. */
  readonly rampLatenessMs: Quantiles
  readonly measuredMs: number
  /** Reasons with their counts. */
  readonly errors: Readonly<Record<string, number>>
}

export type LoadMessage =
  | { readonly type: 'measure-start' }
  | { readonly type: 'measure-end' }
  | { readonly type: 'result'; readonly result: LoadResult }
