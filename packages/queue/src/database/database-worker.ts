import type { Db } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock, JobRegistration, JobWorker, Logger } from '@trellis/spec'
import { FAILED_KEPT } from '../failed-jobs.ts'
import { retryDelayMs, toErrorText } from '../retry.ts'
import { type JobOutcome, type RunningJob, startJob } from '../running-job.ts'
import { createBell } from './bell.ts'
import {
  type ClaimedJob,
  claimJobs,
  type Demand,
  deleteFailedJobs,
  findNextDueAt,
  renewLeases,
  settleJob,
  type Verdict,
} from './job-store.ts'

export interface QueueTiming {
  /** A job is handed out again this long after its worker died. */
  readonly leaseMs: number
  /** An idle worker asks for jobs of other processes this often: from `shortest`, doubling up to `longest`. */
  readonly poll: { readonly shortestMs: number; readonly longestMs: number }
}

export interface DatabaseWorkerDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly timing: QueueTiming
  readonly registrations: ReadonlyMap<string, JobRegistration>
  readonly concurrency: number
}

interface Hold {
  readonly job: ClaimedJob
  readonly running: RunningJob
  readonly settled: Promise<void>
}

const DEFAULT_GRACE_MS = 10_000
/** Where many fail, what is old is looked for no more often than this. */
const CLEAN_UP_INTERVAL_MS = 60_000

export class DatabaseWorker implements JobWorker {
  readonly #deps: DatabaseWorkerDependencies
  readonly #id = newId()
  readonly #bell = createBell()
  readonly #holds = new Map<string, Hold>()
  readonly #queues: readonly string[]
  readonly #renewal: NodeJS.Timeout
  readonly #loop: Promise<void>
  /** By queue. */
  readonly #cleanedUpAt = new Map<string, number>()
  #isClosing = false

  constructor(deps: DatabaseWorkerDependencies) {
    this.#deps = deps
    this.#queues = [...new Set([...deps.registrations.values()].map(({ definition }) => definition.queue))]
    this.#renewal = setInterval(() => void this.#renew(), deps.timing.leaseMs / 3)
    this.#loop = this.#serve()
  }

  /** A job was added or its time has changed: look now. */
  wake(): void {
    this.#bell.ring()
  }

  async close(graceMs = DEFAULT_GRACE_MS): Promise<void> {
    this.#isClosing = true
    this.#bell.ring()
    await this.#loop
    const interruption = setTimeout(() => {
      for (const { running } of this.#holds.values()) running.interrupt()
    }, graceMs)
    await Promise.all([...this.#holds.values()].map((hold) => hold.settled))
    clearTimeout(interruption)
    clearInterval(this.#renewal)
  }

  async #serve(): Promise<void> {
    const { poll } = this.#deps.timing
    let pauseMs: number = poll.shortestMs
    while (!this.#isClosing) {
      let waitMs = pauseMs
      try {
        const foundMs = await this.#takeWhatIsDue()
        if (foundMs === 0) {
          pauseMs = poll.shortestMs
          continue
        }
        waitMs = Math.min(pauseMs, foundMs)
      } catch (error) {
        this.#deps.logger.error({ error }, 'the job queue cannot read its table; it tries again')
        waitMs = poll.longestMs
      }
      const woken = await this.#bell.sleep(waitMs)
      pauseMs = woken ? poll.shortestMs : Math.min(pauseMs * 2, poll.longestMs)
    }
  }

  /** Starts due jobs. Returns 0 where there may be more, otherwise how long it makes sense to wait. */
  async #takeWhatIsDue(): Promise<number> {
    const { db, clock, registrations, timing } = this.#deps
    const demand: Demand = { names: [...registrations.keys()], freeSlots: this.#freeSlots() }
    if (demand.freeSlots.size === 0 || demand.names.length === 0) return Number.POSITIVE_INFINITY
    const dueAt = await findNextDueAt(db, demand)
    const now = clock.now()
    if (dueAt === undefined) return Number.POSITIVE_INFINITY
    if (dueAt > now) return dueAt - now
    const jobs = await claimJobs(db, { demand, workerId: this.#id, now, leaseMs: timing.leaseMs })
    for (const job of jobs) this.#start(job)
    // Nothing though something was due: another worker has it in hand.
    return jobs.length === 0 ? timing.poll.shortestMs : 0
  }

  #freeSlots(): Map<string, number> {
    const free = new Map(this.#queues.map((queue) => [queue, this.#deps.concurrency]))
    for (const { job } of this.#holds.values()) free.set(job.queue, (free.get(job.queue) ?? 0) - 1)
    for (const [queue, slots] of free) {
      if (slots <= 0) free.delete(queue)
    }
    return free
  }

  #start(job: ClaimedJob): void {
    const registration = this.#deps.registrations.get(job.name)
    if (registration === undefined) return // claimed by name, so it is registered
    const { attempts } = registration.definition
    if (job.attempt > attempts) {
      // The last try ended with its worker's death, which nobody was left to record.
      const error = `The worker died, or lost the job, in try ${attempts} of ${attempts}.`
      void this.#settle(job, { type: 'failed', at: this.#deps.clock.now(), error })
      this.#deps.logger.error({ job: job.name, jobId: job.id, attempt: attempts }, 'job failed for good: its worker died')
      return
    }
    // Held still: this process stood still for longer than its lease and has just taken its own job again.
    this.#holds.get(job.id)?.running.lose()
    const running = startJob(registration, job)
    const settled = running.outcome.then(async (outcome) => {
      const verdict = this.#judge(job, registration, outcome)
      if (verdict !== undefined) await this.#settle(job, verdict)
      if (this.#holds.get(job.id)?.running === running) this.#holds.delete(job.id)
      this.#bell.ring()
    })
    this.#holds.set(job.id, { job, running, settled })
  }

  #judge(job: ClaimedJob, { definition }: JobRegistration, outcome: JobOutcome): Verdict | undefined {
    const { clock, logger } = this.#deps
    const fields = { job: job.name, jobId: job.id, attempt: job.attempt }
    switch (outcome.type) {
      case 'done':
        return { type: 'done' }
      case 'interrupted':
        return { type: 'give-back', at: clock.now() }
      case 'lost':
        logger.warn(fields, 'job was handed to another worker while it ran here')
        return undefined
      case 'failed': {
        const error = toErrorText(outcome.error)
        const delayMs = retryDelayMs(definition, job.attempt)
        if (delayMs === undefined) {
          logger.error({ ...fields, error: outcome.error }, 'job failed for good')
          return { type: 'failed', at: clock.now(), error }
        }
        logger.warn({ ...fields, error: outcome.error, retryInMs: delayMs }, 'job failed and will be tried again')
        return { type: 'retry', at: clock.now() + delayMs, error }
      }
    }
  }

  async #settle(job: ClaimedJob, verdict: Verdict): Promise<void> {
    try {
      await settleJob(this.#deps.db, job, this.#id, verdict)
    } catch (error) {
      this.#deps.logger.error({ error, job: job.name, jobId: job.id }, 'the end of a job could not be recorded; it will run again')
    }
    if (verdict.type === 'failed') await this.#forgetOldFailures(job.queue)
  }

  async #forgetOldFailures(queue: string): Promise<void> {
    const { db, clock, logger } = this.#deps
    const now = clock.now()
    if (Math.abs(now - (this.#cleanedUpAt.get(queue) ?? 0)) < CLEAN_UP_INTERVAL_MS) return
    this.#cleanedUpAt.set(queue, now)
    try {
      await deleteFailedJobs(db, { queue, before: now - FAILED_KEPT.seconds * 1000, most: FAILED_KEPT.mostOfQueue })
    } catch (error) {
      logger.warn({ error, queue }, 'jobs that failed long ago could not be deleted; that is tried again')
    }
  }

  async #renew(): Promise<void> {
    const { db, clock, logger, timing } = this.#deps
    try {
      const ids = [...this.#holds.keys()]
      const lost = await renewLeases(db, { ids, workerId: this.#id, until: clock.now() + timing.leaseMs })
      for (const id of lost) this.#holds.get(id)?.running.lose()
    } catch (error) {
      logger.error({ error }, 'the leases of running jobs could not be renewed')
    }
  }
}
