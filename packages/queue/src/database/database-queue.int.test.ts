import { openDatabase } from '@trellis/db'
import { type JobDefinition, type Logger, silentLogger, systemClock } from '@trellis/spec'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRecorder } from '../conformance/recorder.ts'
import { createJobRegistration } from '../job-registration.ts'
import { createDatabaseQueue } from './create-database-queue.ts'
import { deleteFailedJobs } from './job-store.ts'

const job: JobDefinition<string> = { name: 'a', queue: 'q', payload: z.string(), attempts: 2, backoffMs: 1, timeoutMs: 20_000 }
const never = { shortestMs: 1_000_000, longestMs: 1_000_000 }

describe('database queue in one process', () => {
  let database: ReturnType<typeof openDatabase>
  beforeEach(async () => {
    database = openDatabase({ type: 'sqlite', file: ':memory:' })
    await database.migrate()
  })
  afterEach(() => database.close())

  it('wakes its worker when a job is added, without waiting for a poll', async () => {
    const queue = createDatabaseQueue({ db: database.db, clock: systemClock, logger: silentLogger, timing: { poll: never } })
    const payloads = createRecorder<string>()
    queue.work([createJobRegistration(job, async ({ payload }) => payloads.record(payload))], { concurrency: 1 })
    await queue.enqueue(job, 'delayed', { delayMs: 50 })
    await queue.enqueue(job, 'one')
    expect([await payloads.next(), await payloads.next()]).toEqual(['one', 'delayed'])
    await queue.close()
  })

  it('aborts a handler whose job went to another worker, and leaves the job to that one', async () => {
    const queue = createDatabaseQueue({ db: database.db, clock: systemClock, logger: silentLogger, timing: { leaseMs: 60 } })
    const signals = createRecorder<AbortSignal>()
    const aborted = Promise.withResolvers<void>()
    const worker = queue.work(
      [
        createJobRegistration(job, async ({ signal }) => {
          signal.addEventListener('abort', () => aborted.resolve())
          signals.record(signal)
          await aborted.promise
        }),
      ],
      { concurrency: 1 },
    )
    await queue.enqueue(job, 'contested')
    const signal = await signals.next()
    // As another process would, after this one had stood still for longer than its lease.
    const far = Date.now() + 1_000_000
    await database.db.updateTable('jobs').set({ worker_id: 'another', attempt: 2, due_at: far }).execute()
    await aborted.promise
    expect(signal.reason).toMatchObject({ name: 'AbortError' })
    await worker.close()
    expect(await database.db.selectFrom('jobs').select(['worker_id', 'status', 'attempt']).execute()).toEqual([
      { worker_id: 'another', status: 'running', attempt: 2 },
    ])
    await queue.close()
  })

  it('gives a job up whose last try ended with its worker', async () => {
    const lines = createRecorder<string>()
    const logger: Logger = { ...silentLogger, error: (_, message) => lines.record(message) }
    const queue = createDatabaseQueue({ db: database.db, clock: systemClock, logger, timing: { poll: never } })
    await queue.enqueue(job, 'deadly')
    await database.db.updateTable('jobs').set({ status: 'running', worker_id: 'dead', attempt: 2, due_at: 1 }).execute()
    const worker = queue.work([createJobRegistration(job, async () => undefined)], { concurrency: 1 })
    expect(await lines.next()).toContain('its worker died')
    await expect.poll(() => queue.stats()).toEqual({ waiting: 0, running: 0, failed: 1 })
    await worker.close()
    expect(await database.db.selectFrom('jobs').select('last_error').execute()).toEqual([
      { last_error: 'The worker died, or lost the job, in try 2 of 2.' },
    ])
    await queue.close()
  })

  it('keeps the error of a failed job, and logs each try', async () => {
    const warnings = createRecorder<object>()
    const errors = createRecorder<object>()
    const logger: Logger = { ...silentLogger, warn: (fields) => warnings.record(fields), error: (fields) => errors.record(fields) }
    const queue = createDatabaseQueue({ db: database.db, clock: systemClock, logger })
    const failure = new Error('no luck')
    queue.work([createJobRegistration(job, () => Promise.reject(failure))], { concurrency: 1 })
    await queue.enqueue(job, 'x')
    expect(await warnings.next()).toMatchObject({ job: 'a', attempt: 1, error: failure })
    expect(await errors.next()).toMatchObject({ job: 'a', attempt: 2, error: failure })
    await queue.close()
    const [row] = await database.db.selectFrom('jobs').selectAll().execute()
    expect(row).toMatchObject({ status: 'failed', attempt: 2, due_at: null, last_error: expect.stringContaining('no luck') })
  })

  describe('forgets jobs that failed for good', () => {
    const DAY_MS = 24 * 3_600_000
    const aFailure = (id: string, finishedAt: number, queue = 'q') => ({
      ...({ id, queue, name: 'a', payload: '"x"', dedup_key: null, status: 'failed', due_at: null, attempt: 2 } as const),
      ...{ worker_id: null, last_error: 'no luck', created_at: 1, started_at: 1, finished_at: finishedAt },
    })
    const idsLeft = async () => (await database.db.selectFrom('jobs').select('id').orderBy('id').execute()).map(({ id }) => id)

    it('a week ago, when the next one fails', async () => {
      const now = Date.now()
      const old = [aFailure('older', now - 8 * DAY_MS), aFailure('newer', now - 6 * DAY_MS), aFailure('other', now - 8 * DAY_MS, 'p')]
      await database.db.insertInto('jobs').values(old).execute()
      const queue = createDatabaseQueue({ db: database.db, clock: systemClock, logger: silentLogger })
      const worker = queue.work([createJobRegistration({ ...job, attempts: 1 }, () => Promise.reject(new Error('no luck')))], {
        concurrency: 1,
      })
      await queue.enqueue(job, 'x')
      await expect.poll(idsLeft).not.toContain('older')
      await worker.close()
      expect(await idsLeft()).toEqual(expect.arrayContaining(['newer', 'other']))
      expect(await queue.stats('q')).toEqual({ waiting: 0, running: 0, failed: 2 })
      await queue.close()
    })

    it('before so many others, and leaves those that are to be tried again', async () => {
      const retried = { ...aFailure('retried', 1), status: 'waiting', due_at: 9, finished_at: null } as const
      await database.db
        .insertInto('jobs')
        .values([retried, ...[1, 2, 3, 4].map((at) => aFailure(`f${at}`, at))])
        .execute()
      await deleteFailedJobs(database.db, { queue: 'q', before: 0, most: 2 })
      expect(await idsLeft()).toEqual(['f3', 'f4', 'retried'])
    })
  })

  it('takes no more jobs once closed', async () => {
    const queue = createDatabaseQueue({ db: database.db, clock: systemClock, logger: silentLogger })
    await queue.close()
    await expect(queue.enqueue(job, 'late')).rejects.toMatchObject({ code: 'service_unavailable' })
  })
})
