import type { RunEvent } from '../../../packages/contracts/src/index.ts'

/** What a bare host is told to do in its life: as JSON on its command line. */
export interface Orders {
  readonly database: string
  readonly effectUrl: string
  /** Begins a run of the graph of that name. */
  readonly start?: { readonly graph: string; readonly key: string }
  /** Reads a run that an earlier life began, from behind what its reader has. */
  readonly follow?: { readonly runId: string; readonly after?: Position }
  /** What becomes of a run that waits for people: it is answered, where nothing else is said, or the host dies. */
  readonly atPause?: 'answer' | 'die'
  /** Dies at the step boundary of that number, counted from 1; never where absent. */
  readonly dieAt?: number
}

export interface Position {
  readonly epoch: number
  readonly offset: number
}

/** What a bare host tells: a line of JSON each, written at once. */
export type Report =
  | { readonly type: 'started'; readonly runId: string }
  | { readonly type: 'events'; readonly epoch: number; readonly firstOffset: number; readonly events: readonly RunEvent[] }
  | {
      readonly type: 'over'
      readonly boundaries: number
      readonly status: string
      readonly outputs: string | null
      readonly running: number
      /** How many forms the run has gone on with. */
      readonly answers: number
    }
