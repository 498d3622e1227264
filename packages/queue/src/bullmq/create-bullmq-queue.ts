import { AppError } from '@trellis/contracts'
import type { JobDefinition, JobQueue, JobWorker, Logger, QueueStats } from '@trellis/spec'
import { type JobsOptions, Queue } from 'bullmq'
import type { Cluster, Redis } from 'ioredis'
import { FAILED_KEPT } from '../failed-jobs.ts'
import { indexRegistrations } from '../job-registration.ts'
import { startBullmqWorker } from './bullmq-worker.ts'
import { createTroubleTeller } from './queue-trouble.ts'

export interface BullmqQueueDependencies {
  /**
   * Makes a connection, which the queue closes: `commands` fails within seconds while Redis is away,
   * `blocking` (`maxRetriesPerRequest: null`) waits for it.
   */
  readonly connect: (purpose: 'commands' | 'blocking') => Redis | Cluster
  /** That Redis is away is told by whoever connects: what follows from it is not told each time. */
  readonly isAway?: () => boolean
  /** Put before all keys, as `REDIS_KEY_PREFIX` says. */
  readonly keyPrefix: string
  readonly logger: Logger
  /** A job is handed out again between one and one and a half of this after its worker died. 30 000 where absent. */
  readonly leaseMs?: number
}

const DEFAULT_LEASE_MS = 30_000

/** Jobs in Redis, one BullMQ queue for each of Dify's. Adding one fails with `dependency_unavailable` while Redis is away. */
export function createBullmqQueue({
  connect,
  isAway = () => false,
  keyPrefix,
  logger,
  leaseMs = DEFAULT_LEASE_MS,
}: BullmqQueueDependencies): JobQueue {
  const tellTrouble = createTroubleTeller(logger, isAway)
  // The braces keep all keys in one slot of a cluster, which the scripts of BullMQ need.
  const prefix = `{${keyPrefix}trellis:jobs}`
  const connection = connect('commands')
  const queues = new Map<string, Queue>()
  const workers = new Set<JobWorker>()
  let workerConnection: Redis | Cluster | undefined
  let isClosed = false

  function open(name: string): Queue {
    const known = queues.get(name)
    if (known) return known
    const queue = new Queue(name, { connection, prefix })
    queue.on('error', (error) => tellTrouble(error, name))
    queues.set(name, queue)
    return queue
  }

  /** Every queue that ever got a job, whichever process added it. */
  const registry = `${prefix}:queues`

  return {
    async enqueue(definition, payload, options = {}) {
      if (isClosed) throw new AppError('service_unavailable')
      definition.payload.parse(payload)
      await answered(async () => {
        if (!queues.has(definition.queue)) await connection.sadd(registry, definition.queue)
        await open(definition.queue).add(definition.name, payload ?? null, toJobOptions(definition, options))
      })
    },
    work(registrations, { concurrency }) {
      workerConnection ??= connect('blocking')
      const byName = indexRegistrations(registrations)
      const worker = startBullmqWorker({
        connection: workerConnection,
        prefix,
        logger,
        tellTrouble,
        leaseMs,
        registrations: byName,
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
    async stats(queue) {
      return answered(async () => {
        const names = queue === undefined ? await connection.smembers(registry) : [queue]
        return (await Promise.all(names.map((name) => count(open(name))))).reduce(add, { waiting: 0, running: 0, failed: 0 })
      })
    },
    async check() {
      await answered(() => connection.ping())
    },
    async close() {
      isClosed = true
      await Promise.all([...workers].map((worker) => worker.close()))
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      connection.disconnect()
      workerConnection?.disconnect()
    },
  }
}

function toJobOptions(
  definition: Pick<JobDefinition, 'name' | 'attempts' | 'backoffMs'>,
  options: { key?: string; delayMs?: number },
): JobsOptions {
  const { attempts, backoffMs, name } = definition
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: true,
    removeOnFail: { age: FAILED_KEPT.seconds, count: FAILED_KEPT.mostOfQueue },
    ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
    ...(options.key === undefined ? {} : { deduplication: { id: `${name}:${options.key}` } }),
  }
}

async function count(queue: Queue): Promise<QueueStats> {
  const { active = 0, failed = 0, ...others } = await queue.getJobCounts('active', 'failed', 'wait', 'delayed', 'prioritized')
  return { waiting: Object.values(others).reduce((sum, each) => sum + each, 0), running: active, failed }
}

function add(left: QueueStats, right: QueueStats): QueueStats {
  return { waiting: left.waiting + right.waiting, running: left.running + right.running, failed: left.failed + right.failed }
}

const DEADLINE_MS = 6000

/** Bounds the wait as well: a cluster that is away keeps commands waiting, whatever the limits of its nodes' connections. */
async function answered<T>(work: () => Promise<T>): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new DOMException(`Redis did not answer within ${DEADLINE_MS} ms.`, 'TimeoutError')), DEADLINE_MS)
  try {
    return await Promise.race([work(), tooLate])
  } catch (cause) {
    const message = 'The server cannot reach its job queue in Redis at the moment. Try again shortly.'
    throw new AppError('dependency_unavailable', { message, cause, retryAfterSeconds: 1 })
  } finally {
    clearTimeout(timer)
  }
}
