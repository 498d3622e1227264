import type { Quantiles } from '../load/quantiles.ts'

/** So many connections, each of which asks again as soon as it has its answer. */
export interface RunLoadTask {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Every answer must contain this. */
  readonly expected: string
  readonly connections: number
  readonly warmUpMs: number
  readonly measureMs: number
}

export interface RunLoadResult {
  /** Answers within the measurement. */
  readonly runs: number
  readonly measuredMs: number
  /** From the request to the whole answer, of requests that began within the measurement. */
  readonly totalMs: Quantiles
  /** Reasons with their counts. */
  readonly errors: Readonly<Record<string, number>>
}

export type RunLoadMessage =
  | { readonly type: 'measure-start' }
  | { readonly type: 'measure-end' }
  | { readonly type: 'result'; readonly result: RunLoadResult }
