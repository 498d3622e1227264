import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Clock, JobQueue, Logger } from '@trellis/spec'
import { indexRegistrations } from '../job-registration.ts'
import { DatabaseWorker, type QueueTiming } from './database-worker.ts'
import { countJobs, insertJob } from './job-store.ts'

export interface DatabaseQueueDependencies {
  /** Migrated; stays open when the queue closes. */
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly timing?: Partial<QueueTiming>
}

const DEFAULT_TIMING: QueueTiming = { leaseMs: 30_000, poll: { shortestMs: 50, longestMs: 2000 } }

/** Jobs in a table of the application's own database. Adding one wakes this process's workers at once; others find it by polling. */
export function createDatabaseQueue({ db, clock, logger, timing }: DatabaseQueueDependencies): JobQueue {
  const workers = new Set<DatabaseWorker>()
  let isClosed = false
  return {
    async enqueue(definition, payload, options = {}) {
      if (isClosed) throw new AppError('service_unavailable')
      definition.payload.parse(payload)
      await insertJob(db, definition, payload, { ...options, now: clock.now() })
      for (const worker of workers) worker.wake()
    },
    work(registrations, { concurrency }) {
      const worker = new DatabaseWorker({
        db,
        clock,
        logger,
        timing: { ...DEFAULT_TIMING, ...timing },
        registrations: indexRegistrations(registrations),
        concurrency,
      })
      workers.add(worker)
      return {
        async close(graceMs) {
          workers.delete(worker)
          await worker.close(graceMs)
        },
      }
    },
    stats: (queue) => countJobs(db, queue),
    async check() {
      await db.selectFrom('jobs').select('id').limit(1).execute()
    },
    async close() {
      isClosed = true
      await Promise.all([...workers].map((worker) => worker.close()))
      workers.clear()
    },
  }
}
