import type { Db } from '@trellis/db'
import { firstIdAt } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { deleteRunEvents, listEndedRuns, listJournalledRuns } from './runs.repository.ts'

export interface JournalRetentionDependencies {
  readonly db: Db
  readonly clock: Clock
  /** How long after its end a run can be read event by event; 0: for ever. */
  readonly retentionMs: number
}

/** A run has a few hundred rows at most: so many are gone in milliseconds, and whoever else writes waits no longer. */
const RUNS_AT_ONCE = 20

/**
 * Deletes the journals of runs that ended long ago. Their rows and messages stay: the journal serves readers that continue a stream,
 * and nobody continues one after days. Goes along the ids, which begin with the time; stops between batches where it is told to.
 */
export async function deleteOldJournals(dependencies: JournalRetentionDependencies, signal: AbortSignal): Promise<void> {
  const { db, clock, retentionMs } = dependencies
  if (retentionMs === 0) return
  const before = clock.now() - retentionMs
  let after = ''
  while (!signal.aborted) {
    const runs = await listJournalledRuns(db, { after, before: firstIdAt(before), limit: RUNS_AT_ONCE })
    const last = runs.at(-1)
    if (last === undefined) return
    await deleteRunEvents(db, await listEndedRuns(db, runs, before))
    after = last
  }
}
