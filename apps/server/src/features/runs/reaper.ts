import type { Db } from '@trellis/db'
import type { Clock, Logger } from '@trellis/spec'
import { endInterrupted, type InterruptRows } from './end-interrupted.ts'
import type { RunHost } from './run-host.ts'
import {
  claimRun,
  deleteExpiredHosts,
  deleteHost,
  deleteOtherHosts,
  listOrphanedRuns,
  listRunEvents,
  listRunsOfHost,
  type RunEventsRow,
  type RunRow,
  upsertHost,
} from './runs.repository.ts'
import type { TakeUpPlace } from './take-up-place.ts'

export interface ReaperDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly host: RunHost
  readonly interrupt: InterruptRows
  /** Goes on with a run that was claimed, where its kind can go on, and says from where; undefined where it must end. */
  readonly takeUp?: (run: RunRow, journal: readonly RunEventsRow[]) => Promise<TakeUpPlace | undefined>
  /** True where no other process uses this database: whatever runs belong to others, their hosts are gone. */
  readonly isAlone: boolean
}

export interface Reaper {
  /** Resolves once the leases stand and what an earlier life left behind has been dealt with. */
  start(): Promise<void>
  close(): Promise<void>
}

const LEASE_MS = 20_000
const BEAT_MS = 5_000
const BATCH = 200

/** Keeps this host's lease alive, and ends runs whose host's lease has expired: nothing is "running" without a live lease. */
export function createReaper(dependencies: ReaperDependencies): Reaper {
  const { db, clock, logger, host } = dependencies
  const startedAt = clock.now()
  let timer: NodeJS.Timeout | undefined
  let beating: Promise<void> = Promise.resolve()

  const beat = async (): Promise<void> => {
    await upsertHost(db, { id: host.id, startedAt, expiresAt: clock.now() + LEASE_MS })
    await reapOwn(dependencies)
    await reapOrphans(dependencies)
    await deleteExpiredHosts(db, clock.now() - 10 * LEASE_MS)
  }
  const schedule = (): void => {
    timer = setTimeout(() => {
      beating = beat()
        .catch((error: unknown) => logger.error({ err: error }, 'The lease of this process could not be renewed'))
        .finally(schedule)
    }, BEAT_MS)
  }

  return {
    async start() {
      if (dependencies.isAlone) await deleteOtherHosts(db, host.id)
      await beat()
      schedule()
    },
    async close() {
      clearTimeout(timer)
      await beating
      clearTimeout(timer)
      await deleteHost(db, host.id)
    },
  }
}

/** Obeys stops whose message was missed, and ends runs in this host's name that have no life here. */
async function reapOwn(dependencies: ReaperDependencies): Promise<void> {
  const { db, host } = dependencies
  for (const run of await listRunsOfHost(db, host.id)) {
    if (run.stop_requested_at !== null) host.stop(run.id)
    if (!host.isAlive(run.id)) await tryToInterrupt(dependencies, run)
  }
}

async function reapOrphans(dependencies: ReaperDependencies): Promise<void> {
  const { db, clock } = dependencies
  for (let found = BATCH, claimed = BATCH; found === BATCH && claimed > 0; ) {
    const orphans = await listOrphanedRuns(db, clock.now(), BATCH)
    // At once, so that they share the journal's commits.
    const results = await Promise.all(orphans.map((run) => tryToInterrupt(dependencies, run)))
    found = orphans.length
    claimed = results.filter(Boolean).length
  }
}

/** One run that cannot be ended keeps neither the others nor the process from going on; the next beat tries again. */
async function tryToInterrupt(dependencies: ReaperDependencies, run: RunRow): Promise<boolean> {
  try {
    return await interruptRun(dependencies, run)
  } catch (error) {
    dependencies.logger.error({ err: error, runId: run.id }, 'A run without a life could not be ended')
    return false
  }
}

/** Takes the run into a new life, in which it goes on or is told to have been interrupted. */
async function interruptRun(dependencies: ReaperDependencies, run: RunRow): Promise<boolean> {
  const { db, logger, host, takeUp } = dependencies
  if (!(await claimRun(db, run, host.id))) return false
  const claimed = { ...run, epoch: run.epoch + 1, host_id: host.id }
  const batches = await listRunEvents(db, run.id, 0)
  const place = await takeUp?.(claimed, batches)
  const text = place ? undefined : await endInterrupted(dependencies, claimed, batches)
  // By the name that the process gave to itself when it started.
  const about = { runId: run.id, kind: run.kind, process: run.host_id, life: claimed.epoch }
  const why = run.host_id === host.id ? 'this process had lost it' : 'the process that executed it is gone'
  if (place) logger.info({ ...about, ...place }, `A run goes on here: ${why}`)
  else logger.warn({ ...about, characters: text?.length }, `A run was ended as interrupted: ${why}`)
  return true
}
