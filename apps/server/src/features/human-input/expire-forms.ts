import type { Db } from '@trellis/db'
import type { Clock, Logger } from '@trellis/spec'
import { expireForms, listDueForms, listWakeableRuns } from './forms.repository.ts'

export interface FormSweepDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly wake: (runId: string) => Promise<void>
}

const FORMS_AT_ONCE = 100
const RUNS_AT_ONCE = 100

/**
 * Ends the time of forms that nobody answered, and lets every paused run go on that can: also those whose process died between an
 * answer and the run's going on with it. Stops between batches where it is told to.
 */
export async function expireDueForms({ db, clock, logger, wake }: FormSweepDependencies, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const due = await listDueForms(db, clock.now(), FORMS_AT_ONCE)
    await expireForms(
      db,
      due.map(({ id }) => id),
    )
    if (due.length < FORMS_AT_ONCE) break
  }
  await wakeAll(db, signal, async (runId) => {
    // One run that cannot go on keeps no other from it; the next sweep tries again.
    await wake(runId).catch((error: unknown) => logger.error({ err: error, runId }, 'A paused run could not go on'))
  })
}

/** Each once, in pages by id: those that cannot go on are passed, however many they are. */
async function wakeAll(db: Db, signal: AbortSignal, wake: (runId: string) => Promise<void>): Promise<void> {
  let after = ''
  for (;;) {
    const runIds = await listWakeableRuns(db, { after, limit: RUNS_AT_ONCE })
    for (const runId of runIds) {
      if (signal.aborted) return
      await wake(runId)
    }
    const last = runIds.at(-1)
    if (last === undefined || runIds.length < RUNS_AT_ONCE) return
    after = last
  }
}
