import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Clock, Logger } from '@trellis/spec'
import type { LiveRun } from './live-run.ts'
import { type AnyOutcome, type RunOutcome, toRunFinish, toTerminalEvent } from './run-outcome.ts'
import type { RunSpec } from './run-spec.ts'
import { RunLostError, type RunWriter } from './run-writer.ts'
import { finishRun } from './runs.repository.ts'

const ATTEMPTS = 6
const RETRY_MS = 200

export interface FinishDependencies {
  readonly writer: RunWriter
  readonly clock: Clock
  readonly logger: Logger
  /** Pause after the first failure; it doubles with each further one. */
  readonly finishRetryMs?: number
}

/** Ends a run: readers are told only once the end is durable. Tells whether it is. */
export async function finishDurably<Outcome extends AnyOutcome>(
  { writer, clock, logger, finishRetryMs = RETRY_MS }: FinishDependencies,
  spec: RunSpec<Outcome>,
  { live, outcome }: { readonly live: LiveRun; readonly outcome: Outcome | RunOutcome },
): Promise<boolean> {
  const { channel } = live
  const terminal = toTerminalEvent(outcome)
  const project = async (db: Db): Promise<void> => {
    const isOurs = await finishRun(db, { id: channel.runId, epoch: channel.epoch }, toRunFinish(outcome, clock.now()))
    if (!isOurs) throw new RunLostError(`Run ${channel.runId} is no longer in life ${channel.epoch}`)
    await spec.finish?.(db, outcome)
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      await writer.writeTail(live, { terminal, project })
      return true
    } catch (error) {
      logger.error({ err: error, runId: channel.runId, attempt }, 'The end of a run could not be written')
      const standing = await writer.compare(live, error)
      // Readers go on in the journal, which has the run's next life.
      if (standing === 'lost') return false
      if (standing === 'ended') {
        channel.append(terminal)
        return true
      }
      await new Promise((resolve) => setTimeout(resolve, finishRetryMs * 2 ** (attempt - 1)))
    }
  }
  // No promise that cannot be kept: the reaper ends the run just so when the database is back.
  channel.append(toTerminalEvent({ status: 'interrupted', error: new AppError('run_interrupted') }))
  return false
}
