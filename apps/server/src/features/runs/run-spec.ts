import type { RunEvent } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { AnyOutcome, HandedOver, RunOutcome } from './run-outcome.ts'
import type { RunRow } from './runs.repository.ts'

export interface RunContext {
  readonly runId: string
  /** Aborts on stop, on timeout and at shutdown; `reason` tells which. */
  readonly signal: AbortSignal
  emit(event: RunEvent): void
  /** Resolves when all that was emitted is durable. */
  checkpoint(): Promise<void>
}

/** `lost`: another process took the run over, having found this one's lease expired. */
export type AbortReason = 'stop' | 'timeout' | 'shutdown' | 'lost'

type WorkflowColumn = 'workflow_id' | 'triggered_from' | 'inputs' | 'outputs' | 'total_steps' | 'exceptions_count' | 'elapsed_ms'

/** A run's row as its starter knows it; what only workflows have may be left out. */
export type NewRun = Omit<
  RunRow,
  'host_id' | 'epoch' | 'status' | 'stop_requested_at' | 'error_code' | 'error' | 'total_tokens' | 'ledger' | 'finished_at' | WorkflowColumn
> &
  Partial<Pick<RunRow, WorkflowColumn>>

/** A run about to start: the rows that it comes with, what it does, and the rows that its end changes. */
export interface RunSpec<Outcome extends AnyOutcome = RunOutcome> {
  readonly run: NewRun
  /** Rows written in the transaction that accepts the run; where there are none, it is not asked for. */
  readonly accept?: (db: Db) => Promise<void>
  /** The first event; `run-start` with nothing but the time where absent. */
  readonly started?: RunEvent
  /**
   * The work begins before the run is accepted, and what it comes to at once is written with the acceptance. For work whose effects
   * wait for a checkpoint.
   */
  readonly isEager?: boolean
  /** Does the work. An AppError thrown is the run's failure; anything else is a bug and ends it as `internal_server_error`. */
  readonly execute: (context: RunContext) => Outcome | Promise<Outcome | HandedOver>
  /** Rows written in the transaction that ends the run. */
  readonly finish?: (db: Db, outcome: Outcome | RunOutcome) => Promise<void>
  /** Whether an end in the first turn changes rows at all; where absent, it does. */
  readonly leavesRows?: (outcome: Outcome | RunOutcome) => boolean
  /** What may follow once the end is durable and told (never where it could not be written); its failure is logged and harms nothing. */
  readonly afterwards?: (outcome: Outcome | RunOutcome) => Promise<void>
  readonly timeoutMs: number
}

/** Where a run's next life begins. */
export interface AdoptedLife {
  readonly epoch: number
  readonly firstOffset: number
  readonly started: readonly RunEvent[]
}
