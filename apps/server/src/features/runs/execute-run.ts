import { AppError } from '@trellis/contracts'
import type { Logger } from '@trellis/spec'
import type { AnyOutcome, HandedOver, RunOutcome } from './run-outcome.ts'
import type { RunContext, RunSpec } from './run-spec.ts'

export type Pending<Outcome extends AnyOutcome> = Promise<Outcome | RunOutcome | HandedOver>

/** What a run came to at once, or what it will come to. */
type Execution<Outcome extends AnyOutcome> =
  | { readonly isOver: true; readonly outcome: Outcome | RunOutcome }
  | { readonly isOver: false; readonly pending: Pending<Outcome> }

/** Begins a run's work. Never throws and never rejects: what the work throws is the run's failure. */
export function executeRun<Outcome extends AnyOutcome>(logger: Logger, spec: RunSpec<Outcome>, context: RunContext): Execution<Outcome> {
  const toFailure = (error: unknown): RunOutcome => {
    if (AppError.is(error)) return { status: 'failed', error }
    logger.error({ err: error, runId: spec.run.id }, 'A run failed unexpectedly')
    return { status: 'failed', error: new AppError('internal_server_error', { cause: error }) }
  }
  try {
    const outcome = spec.execute(context)
    return outcome instanceof Promise ? { isOver: false, pending: outcome.catch(toFailure) } : { isOver: true, outcome }
  } catch (error) {
    return { isOver: true, outcome: toFailure(error) }
  }
}
