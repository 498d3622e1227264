import type { JobDefinition, JobHandler, JobQueue, JobWorker } from '@trellis/spec'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createJobRegistration } from '../job-registration.ts'
import { type DoomedWorkerBackend, spawnDoomedWorker } from './doomed-worker.ts'
import { createRecorder } from './recorder.ts'

export interface QueueUnderTest {
  readonly queue: JobQueue
  /** A second queue over the same jobs, as another process would have. */
  readonly other: JobQueue
  /** How another process reaches the same jobs. Leases there and here last a second at most. */
  readonly backend: DoomedWorkerBackend
  readonly close: () => Promise<void>
}

const payload = z.object({ text: z.string() })
type Payload = z.infer<typeof payload>

interface Bench {
  readonly queue: () => JobQueue
  readonly other: () => JobQueue
  readonly subject: () => QueueUnderTest
  aJob(changes?: Partial<JobDefinition<Payload>>): JobDefinition<Payload>
  work(definition: JobDefinition<Payload>, handler: JobHandler<Payload>, options?: WorkOptions): JobWorker
}

interface WorkOptions {
  readonly concurrency?: number
  readonly on?: JobQueue
}

/** What every job queue owes its callers. Names are made unique here, so the backend may be in use by others. */
export function describeQueue(name: string, create: () => Promise<QueueUnderTest>): void {
  describe(`job queue: ${name}`, () => {
    let subject: QueueUnderTest
    let nextName = 0
    const workers: JobWorker[] = []

    const bench: Bench = {
      queue: () => subject.queue,
      other: () => subject.other,
      subject: () => subject,
      aJob(changes = {}) {
        nextName += 1
        const unique = `${process.pid}-${nextName}`
        return { name: `job-${unique}`, queue: `queue-${unique}`, payload, attempts: 3, backoffMs: 20, timeoutMs: 20_000, ...changes }
      },
      work(definition, handler, { concurrency = 2, on = subject.queue } = {}) {
        const worker = on.work([createJobRegistration(definition, handler)], { concurrency })
        workers.push(worker)
        return worker
      },
    }

    beforeAll(async () => {
      subject = await create()
    })
    afterEach(async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.close(0)))
    })
    afterAll(async () => {
      await subject.queue.close()
      await subject.other.close()
      await subject.close()
    })

    describeHandingOut(bench)
    describeFailures(bench)
    describeShutdown(bench)
  })
}

function describeHandingOut({ queue, other, aJob, work }: Bench): void {
  it('is reachable', async () => {
    await expect(queue().check()).resolves.toBeUndefined()
  })
  it('hands a job to its handler once and forgets it when done', async () => {
    const job = aJob()
    const tries = createRecorder<{ payload: Payload; attempt: number }>()
    const worker = work(job, async ({ payload, attempt }) => tries.record({ payload, attempt }))
    await queue().enqueue(job, { text: 'grüße 🌿' })
    expect(await tries.next()).toEqual({ payload: { text: 'grüße 🌿' }, attempt: 1 })
    await worker.close()
    expect(tries.seen).toHaveLength(1)
    expect(await queue().stats(job.queue)).toEqual({ waiting: 0, running: 0, failed: 0 })
  })
  it('keeps jobs until there is a worker, and hands them out in order', async () => {
    const job = aJob()
    for (const text of ['one', 'two', 'three']) await queue().enqueue(job, { text })
    expect(await queue().stats(job.queue)).toEqual({ waiting: 3, running: 0, failed: 0 })
    const texts = createRecorder<string>()
    work(job, async ({ payload }) => texts.record(payload.text), { concurrency: 1 })
    expect([await texts.next(), await texts.next(), await texts.next()]).toEqual(['one', 'two', 'three'])
  })
  it('finds jobs that another process added', async () => {
    const job = aJob()
    const texts = createRecorder<string>()
    work(job, async ({ payload }) => texts.record(payload.text))
    await other().enqueue(job, { text: 'from afar' })
    expect(await texts.next()).toBe('from afar')
  })
  it('shares jobs among workers without running one twice', async () => {
    const job = aJob()
    const texts = createRecorder<string>()
    work(job, async ({ payload }) => texts.record(payload.text), { concurrency: 3 })
    work(job, async ({ payload }) => texts.record(payload.text), { concurrency: 3, on: other() })
    const sent = Array.from({ length: 40 }, (_, index) => `job ${index}`)
    await Promise.all(sent.map((text, index) => (index % 2 === 0 ? queue() : other()).enqueue(job, { text })))
    const heard: string[] = []
    for (const _ of sent) heard.push(await texts.next())
    expect(heard.toSorted()).toEqual(sent.toSorted())
  })
  it('adds no second job with the key of one that waits or runs', async () => {
    const job = aJob()
    const texts = createRecorder<string>()
    const gate = Promise.withResolvers<void>()
    await queue().enqueue(job, { text: 'first' }, { key: 'the key' })
    await other().enqueue(job, { text: 'while it waits' }, { key: 'the key' })
    const worker = work(job, async ({ payload }) => {
      texts.record(payload.text)
      await gate.promise
    })
    expect(await texts.next()).toBe('first')
    await queue().enqueue(job, { text: 'while it runs' }, { key: 'the key' })
    await queue().enqueue(job, { text: 'another key' }, { key: 'another' })
    expect(await texts.next()).toBe('another key')
    gate.resolve()
    await worker.close()
    await queue().enqueue(job, { text: 'afterwards' }, { key: 'the key' })
    work(job, async ({ payload }) => texts.record(payload.text))
    expect(await texts.next()).toBe('afterwards')
    expect(texts.seen).toHaveLength(3)
  })
  it('holds a job back for its delay', async () => {
    const job = aJob()
    const texts = createRecorder<string>()
    work(job, async ({ payload }) => texts.record(payload.text))
    const startedAt = Date.now()
    await queue().enqueue(job, { text: 'later' }, { delayMs: 300 })
    await queue().enqueue(job, { text: 'now' })
    expect(await texts.next()).toBe('now')
    expect(await texts.next()).toBe('later')
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(299)
  })
  it('runs as many jobs of a queue at once as allowed, and lets no full queue block another', async () => {
    const slow = aJob()
    const quick = aJob()
    const gate = Promise.withResolvers<void>()
    const started = createRecorder<string>()
    let running = 0
    let most = 0
    const registrations = [
      createJobRegistration(slow, async ({ payload }) => {
        most = Math.max(most, ++running)
        started.record(payload.text)
        await gate.promise
        running -= 1
      }),
      createJobRegistration(quick, async ({ payload }) => started.record(payload.text)),
    ]
    const worker = queue().work(registrations, { concurrency: 2 })
    for (let index = 0; index < 6; index++) await queue().enqueue(slow, { text: 'slow' })
    expect([await started.next(), await started.next()]).toEqual(['slow', 'slow'])
    await queue().enqueue(quick, { text: 'quick' })
    expect(await started.next()).toBe('quick')
    expect(await queue().stats(slow.queue)).toEqual({ waiting: 4, running: 2, failed: 0 })
    gate.resolve()
    for (let index = 0; index < 4; index++) await started.next()
    await worker.close()
    expect(most).toBe(2)
  })
  it('refuses a payload that does not fit and a second handler', async () => {
    const job = aJob()
    // A payload of the wrong shape, as code that escaped the types would send it.
    await expect(queue().enqueue<unknown>(job, { text: 42 })).rejects.toThrow()
    const registration = createJobRegistration(job, async () => undefined)
    expect(() => queue().work([registration, registration], { concurrency: 1 })).toThrow(/two handlers/)
  })
}

function describeFailures({ queue, aJob, work, subject }: Bench): void {
  it('tries a failed job again, each time after twice the delay', async () => {
    const job = aJob({ attempts: 3, backoffMs: 60 })
    const tries = createRecorder<{ attempt: number; at: number }>()
    const worker = work(job, async ({ attempt }) => {
      tries.record({ attempt, at: Date.now() })
      if (attempt < 3) throw new Error('not yet')
    })
    await queue().enqueue(job, { text: 'stubborn' })
    const [first, second, third] = [await tries.next(), await tries.next(), await tries.next()]
    await worker.close()
    expect([first.attempt, second.attempt, third.attempt]).toEqual([1, 2, 3])
    expect(second.at - first.at).toBeGreaterThanOrEqual(59)
    expect(third.at - second.at).toBeGreaterThanOrEqual(119)
    expect(await queue().stats(job.queue)).toEqual({ waiting: 0, running: 0, failed: 0 })
  })
  it('keeps a job that failed for good, and frees its key', async () => {
    const job = aJob({ attempts: 2, backoffMs: 1 })
    const tries = createRecorder<number>()
    const worker = work(job, async ({ attempt }) => {
      tries.record(attempt)
      throw new Error('never')
    })
    await queue().enqueue(job, { text: 'hopeless' }, { key: 'k' })
    expect([await tries.next(), await tries.next()]).toEqual([1, 2])
    await worker.close()
    expect(await queue().stats(job.queue)).toEqual({ waiting: 0, running: 0, failed: 1 })
    await queue().enqueue(job, { text: 'again' }, { key: 'k' })
    expect(await queue().stats(job.queue)).toEqual({ waiting: 1, running: 0, failed: 1 })
  })
  it('aborts a handler that is silent for too long, and hands the job out again', async () => {
    const job = aJob({ timeoutMs: 150, backoffMs: 1 })
    const tries = createRecorder<number>()
    const reasons: unknown[] = []
    const worker = work(job, async ({ attempt, signal }) => {
      tries.record(attempt)
      signal.addEventListener('abort', () => reasons.push(signal.reason))
      // Deaf to its signal on purpose.
      if (attempt === 1) await new Promise(() => undefined)
    })
    await queue().enqueue(job, { text: 'slow' })
    expect([await tries.next(), await tries.next()]).toEqual([1, 2])
    expect(reasons).toMatchObject([{ name: 'TimeoutError' }])
    await worker.close()
    expect(await queue().stats(job.queue)).toEqual({ waiting: 0, running: 0, failed: 0 })
  })
  it('keeps a job with its worker for as long as that lives', async () => {
    const job = aJob()
    const tries = createRecorder<number>()
    const gate = Promise.withResolvers<void>()
    const handler: JobHandler<Payload> = async ({ attempt }) => {
      tries.record(attempt)
      await gate.promise
    }
    work(job, handler)
    work(job, handler)
    await queue().enqueue(job, { text: 'long' })
    await tries.next()
    // Longer than any lease in these tests.
    await new Promise((resolve) => setTimeout(resolve, 2700))
    expect(tries.seen).toEqual([1])
    gate.resolve()
  })
  it('hands a job out again whose worker was killed', async () => {
    const job = aJob()
    await queue().enqueue(job, { text: 'survivor' })
    await using doomed = await spawnDoomedWorker(subject().backend, job)
    await doomed.tookTheJob
    doomed.kill()
    const texts = createRecorder<string>()
    work(job, async ({ payload }) => texts.record(payload.text))
    expect(await texts.next()).toBe('survivor')
  })
}

function describeShutdown({ queue, other, aJob, work }: Bench): void {
  it('waits for running jobs, and takes no more', async () => {
    const job = aJob()
    const started = createRecorder<string>()
    const gate = Promise.withResolvers<void>()
    let ended = 0
    const worker = work(
      job,
      async ({ payload }) => {
        started.record(payload.text)
        await gate.promise
        ended += 1
      },
      { concurrency: 1 },
    )
    await queue().enqueue(job, { text: 'runs' })
    await queue().enqueue(job, { text: 'waits' })
    await started.next()
    const closed = worker.close(10_000)
    gate.resolve()
    await closed
    expect(ended).toBe(1)
    expect(started.seen).toEqual(['runs'])
    expect(await queue().stats(job.queue)).toEqual({ waiting: 1, running: 0, failed: 0 })
  })
  it('aborts what still runs after the grace period, and gives it to another worker at once', async () => {
    const job = aJob({ attempts: 1 })
    const started = createRecorder<AbortSignal>()
    const worker = work(job, async ({ signal }) => {
      started.record(signal)
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    await queue().enqueue(job, { text: 'interrupted' })
    const signal = await started.next()
    await worker.close(10)
    expect(signal.aborted).toBe(true)
    expect(await queue().stats(job.queue)).toEqual({ waiting: 1, running: 0, failed: 0 })
    const texts = createRecorder<string>()
    work(job, async ({ payload }) => texts.record(payload.text), { on: other() })
    expect(await texts.next()).toBe('interrupted')
  })
}
