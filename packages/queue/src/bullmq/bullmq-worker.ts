import { setTimeout as delay } from 'node:timers/promises'
import type { JobRegistration, JobWorker, Logger } from '@trellis/spec'
import { DelayedError, type Job, WaitingError, Worker } from 'bullmq'
import type { Cluster, Redis } from 'ioredis'
import { type RunningJob, startJob } from '../running-job.ts'
import type { TellTrouble } from './queue-trouble.ts'

export interface BullmqWorkerDependencies {
  /** Of the `blocking` kind; BullMQ makes further ones like it. */
  readonly connection: Redis | Cluster
  readonly prefix: string
  readonly logger: Logger
  readonly tellTrouble: TellTrouble
  readonly leaseMs: number
  readonly registrations: ReadonlyMap<string, JobRegistration>
  readonly concurrency: number
}

const DEFAULT_GRACE_MS = 10_000
/** Of a connection, once no job runs. */
const CLOSING_MS = 3000
const LOOK_MS = 100
/** A kind that this process does not know, as during an update, is left to those that do. */
const UNKNOWN_KIND_DELAY_MS = 5000

/** What runs in this process, over all queues. */
interface Holds {
  readonly byJob: Map<string, RunningJob>
  /** The grace period is over: what still starts is told so at once. */
  isOver: boolean
}

export function startBullmqWorker(deps: BullmqWorkerDependencies): JobWorker {
  const holds: Holds = { byJob: new Map(), isOver: false }
  const queues = new Set([...deps.registrations.values()].map(({ definition }) => definition.queue))
  const workers = [...queues].map((queue) => startLane(deps, queue, holds))
  return {
    async close(graceMs = DEFAULT_GRACE_MS) {
      const interruption = setTimeout(() => {
        holds.isOver = true
        for (const running of holds.byJob.values()) running.interrupt()
      }, graceMs)
      const closing = new AbortController()
      try {
        // One that fails does not keep the others from ending their jobs.
        const closed = Promise.allSettled(workers.map((worker) => worker.close()))
        const outcomes = await Promise.race([closed, leaveWhenIdle(holds, closing.signal)])
        if (!outcomes) for (const worker of workers) worker.disconnect().catch(() => undefined)
        const failed = outcomes ? outcomes.find((outcome) => outcome.status === 'rejected') : undefined
        if (failed) throw failed.reason
      } finally {
        closing.abort()
        clearTimeout(interruption)
      }
    },
  }
}

/**
 * BullMQ waits for the end of a connection that may just be made anew, as after an outage, and then for ever. Resolves, to false, when no job
 * has run here for a while: nothing is lost by whoever leaves then.
 */
async function leaveWhenIdle({ byJob }: Holds, signal: AbortSignal): Promise<false> {
  for (let idleMs = 0; idleMs < CLOSING_MS && !signal.aborted; idleMs = byJob.size > 0 ? 0 : idleMs + LOOK_MS) await delay(LOOK_MS)
  return false
}

function startLane(deps: BullmqWorkerDependencies, queue: string, holds: Holds): Worker {
  const { connection, prefix, tellTrouble, leaseMs, concurrency, registrations } = deps
  const attempts = [...registrations.values()]
    .filter(({ definition }) => definition.queue === queue)
    .map(({ definition }) => definition.attempts)
  const worker = new Worker(queue, (job, token) => processJob(deps, holds, job, token), {
    connection,
    prefix,
    concurrency,
    lockDuration: leaseMs,
    stalledInterval: leaseMs / 2,
    // A worker's death costs a try, as a failure does.
    maxStalledCount: Math.max(...attempts) - 1,
  })
  worker.on('error', (error) => tellTrouble(error, queue))
  worker.on('lockRenewalFailed', (jobIds) => {
    for (const jobId of jobIds) holds.byJob.get(`${queue}:${jobId}`)?.lose()
  })
  return worker
}

async function processJob(deps: BullmqWorkerDependencies, holds: Holds, job: Job, token: string | undefined): Promise<void> {
  const { logger, registrations } = deps
  const attempt = job.attemptsMade + job.stalledCounter + 1
  const fields = { job: job.name, jobId: job.id, attempt }
  const registration = registrations.get(job.name)
  if (registration === undefined) {
    logger.warn(fields, 'job is of a kind that this worker does not know; left to others')
    await job.moveToDelayed(Date.now() + UNKNOWN_KIND_DELAY_MS, token)
    throw new DelayedError()
  }
  const hold = `${job.queueName}:${job.id}`
  const running = startJob(registration, { payload: job.data, attempt })
  holds.byJob.set(hold, running)
  if (holds.isOver) running.interrupt()
  const outcome = await running.outcome
  if (holds.byJob.get(hold) === running) holds.byJob.delete(hold)
  switch (outcome.type) {
    case 'done':
      return
    case 'interrupted':
      await job.moveToWait(token)
      throw new WaitingError()
    case 'lost':
      logger.warn(fields, 'job was handed to another worker while it ran here')
      throw new Error('The lock of the job was lost.')
    case 'failed': {
      const isLast = job.attemptsMade + 1 >= (job.opts.attempts ?? 1)
      if (isLast) logger.error({ ...fields, error: outcome.error }, 'job failed for good')
      else logger.warn({ ...fields, error: outcome.error }, 'job failed and will be tried again')
      throw outcome.error instanceof Error ? outcome.error : new Error(String(outcome.error))
    }
  }
}
