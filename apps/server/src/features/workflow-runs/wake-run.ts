import type { Db } from '@trellis/db'
import type { Clock, LiveEvents, Logger } from '@trellis/spec'
import { hasNews } from '../human-input/index.ts'
import {
  claimRun,
  endInterrupted,
  findRunById,
  type InterruptRows,
  LOOK_AGAIN,
  listRunEvents,
  type RunEventsRow,
  type RunHost,
  type RunRow,
  runEventsChannel,
  type TakeUpPlace,
} from '../runs/index.ts'

export interface WakeDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly runHost: RunHost
  readonly liveEvents: LiveEvents
  /** Rows that change where a run cannot go on. */
  readonly interrupt: InterruptRows
}

/** Goes on with a run that was claimed, from the place that it returns; undefined where what it needs is gone. */
type GoOn = (run: RunRow, journal: readonly RunEventsRow[]) => Promise<TakeUpPlace | undefined>

/**
 * Lets a paused run go on, here, if there is something to go on with: an answer, the end of a form's time, or a wish that it stop.
 * Whoever claims it first does it, in whichever process: it goes on once. Called by whoever brings news, after it is durable, and by
 * the run's own pause; where the caller dies in between, the clock's sweep finds the run.
 */
export function createWake(dependencies: WakeDependencies, goOn: GoOn): (runId: string) => Promise<void> {
  const { db, logger, runHost, liveEvents } = dependencies
  return async (runId) => {
    const run = await findRunById(db, runId)
    if (run?.status !== 'paused') return
    if (run.stop_requested_at === null && !(await hasNews(db, runId))) return
    const isClaimed = await runHost.whileClaiming(runId, async () => {
      if (!(await claimRun(db, run, runHost.id))) return false
      const claimed: RunRow = { ...run, status: 'running', epoch: run.epoch + 1, host_id: runHost.id }
      const journal = await listRunEvents(db, runId, 0)
      if (!(await goOn(claimed, journal))) {
        await endInterrupted({ ...dependencies, host: runHost }, claimed, journal)
        logger.warn({ runId, kind: run.kind }, 'A paused run was ended as interrupted: the workflow that it began on is gone')
      }
      return true
    })
    // Readers elsewhere look again by themselves where that is lost.
    if (isClaimed) await liveEvents.publish(runEventsChannel(runId), LOOK_AGAIN).catch(() => undefined)
  }
}
