import { AppError } from '@trellis/contracts'
import { inTransaction } from '@trellis/db'
import { newId } from '@trellis/kit'
import { createJobRegistration } from '@trellis/queue'
import type { Cache, JobDefinition, JobQueue, JobRegistration, RateLimiter, Storage } from '@trellis/spec'
import { z } from 'zod'
import { type ImportBounds, type ImportedAnnotation, readAnnotationCsv } from './annotation-csv.ts'
import { type AnnotationRow, insertMissing } from './annotations.repository.ts'
import type { AnnotationPlace, AnnotationServiceDependencies } from './annotations.service.ts'
import type { JobStates } from './job-state.ts'
import { hashQuestion } from './question-hash.ts'

export interface ImportLimits extends ImportBounds {
  readonly maxBytes: number
  readonly perMinute: number
  readonly perHour: number
  /** Of one workspace at a time. */
  readonly concurrent: number
}

export interface ImportDependencies extends Pick<AnnotationServiceDependencies, 'db' | 'clock' | 'onChange' | 'onWritten'> {
  readonly cache: Cache
  readonly rateLimiter: RateLimiter
  readonly queue: JobQueue
  readonly storage: Storage
  readonly states: JobStates
  readonly limits: ImportLimits
}

export interface AnnotationImports {
  readonly jobs: readonly JobRegistration[]
  /** Checks the whole file, then has it taken in the background. @throws `invalid_param`, `too_many_requests` */
  start(place: AnnotationPlace, file: Uint8Array): Promise<{ readonly jobId: string; readonly count: number }>
}

const payload = z.object({ tenantId: z.string(), appId: z.string(), accountId: z.string(), jobId: z.string(), slot: z.string() })

type ImportPayload = z.infer<typeof payload>

const importAnnotations: JobDefinition<ImportPayload> = {
  name: 'annotations.import',
  queue: 'dataset',
  payload,
  attempts: 5,
  backoffMs: 2_000,
  timeoutMs: 10 * 60_000,
}

const SLOT_LIFETIME_MS = 10 * 60_000
const BATCH = 500
const records = z.array(z.object({ question: z.string(), answer: z.string() }))

export function createAnnotationImports(dependencies: ImportDependencies): AnnotationImports {
  const { queue, storage, states, limits, cache } = dependencies
  return {
    async start({ app, accountId }, file) {
      const taken = readAnnotationCsv(file, limits)
      await assertRate(dependencies, app.tenant_id)
      const jobId = newId()
      const slot = await takeSlot(dependencies, app.tenant_id, jobId)
      try {
        await storage.write(keyOf(jobId), new TextEncoder().encode(JSON.stringify(taken)))
        await states.tell({ kind: 'import', appId: app.id, jobId }, { status: 'waiting', done: 0, total: taken.length })
        await queue.enqueue(importAnnotations, { tenantId: app.tenant_id, appId: app.id, accountId, jobId, slot })
      } catch (error) {
        await cache.delete(slot)
        throw error
      }
      return { jobId, count: taken.length }
    },
    jobs: [createJobRegistration(importAnnotations, (context) => runImport(dependencies, context))],
  }
}

const keyOf = (jobId: string): string => `annotation-imports/${jobId}.json`

async function assertRate({ rateLimiter, limits }: ImportDependencies, tenantId: string): Promise<void> {
  const windows = [
    ['minute', limits.perMinute, 60_000],
    ['hour', limits.perHour, 3_600_000],
  ] as const
  for (const [name, limit, windowMs] of windows) {
    const { isAllowed, retryAfterMs } = await rateLimiter.hit(`annotation-import:${name}:${tenantId}`, { limit, windowMs })
    if (isAllowed) continue
    throw new AppError('too_many_requests', {
      message: `A workspace may import ${limit} files a ${name}. Please try again later.`,
      refusal: { reason: `imports_rate_${name}`, values: { limit } },
      retryAfterSeconds: Math.ceil(retryAfterMs / 1000),
    })
  }
}

/** The key of a free slot, which the job gives back. */
async function takeSlot({ cache, limits }: ImportDependencies, tenantId: string, jobId: string): Promise<string> {
  for (let place = 0; place < limits.concurrent; place++) {
    const key = `annotation-import:slot:${tenantId}:${place}`
    if (await cache.setIfAbsent(key, jobId, { ttlMs: SLOT_LIFETIME_MS })) return key
  }
  throw new AppError('too_many_requests', {
    message: `This workspace imports ${limits.concurrent} files already. Try again when one of them is done.`,
    refusal: { reason: 'imports_busy', values: { limit: limits.concurrent } },
    retryAfterSeconds: 5,
  })
}

interface ImportRun {
  readonly payload: ImportPayload
  readonly attempt: number
  readonly signal: AbortSignal
}

async function runImport(dependencies: ImportDependencies, run: ImportRun): Promise<void> {
  const { states, storage, cache } = dependencies
  const { appId, jobId, slot } = run.payload
  const finish = async (): Promise<void> => {
    await storage.delete(keyOf(jobId))
    if ((await cache.get(slot)) === jobId) await cache.delete(slot)
  }
  try {
    await takeRecords(dependencies, run)
  } catch (error) {
    if (run.attempt >= importAnnotations.attempts) {
      const error = 'The import failed on the server. Import the file again.'
      await states.tell({ kind: 'import', appId, jobId }, { status: 'error', error, refusal: { reason: 'import_broken', values: {} } })
      await finish()
    }
    throw error
  }
  await finish()
}

async function takeRecords({ db, clock, storage, states, onChange, onWritten }: ImportDependencies, { payload, signal }: ImportRun) {
  const { tenantId, appId, accountId, jobId } = payload
  const app = { id: appId, tenant_id: tenantId }
  const job = { kind: 'import', appId, jobId } as const
  const taken = records.parse(JSON.parse(new TextDecoder().decode(await storage.read(keyOf(jobId)))))
  const rows = toRows(taken, { ...app, accountId, jobId, now: clock.now() })
  for (let done = 0; done < rows.length; done += BATCH) {
    signal.throwIfAborted()
    await states.tell(job, { status: 'processing', done, total: rows.length })
    await inTransaction(db, (db) => insertMissing(db, tenantId, rows.slice(done, done + BATCH)))
  }
  await onChange(db, app)
  await onWritten(app)
  await states.tell(job, { status: 'completed', done: rows.length, total: rows.length })
}

interface RowsOf {
  readonly id: string
  readonly tenant_id: string
  readonly accountId: string
  readonly jobId: string
  readonly now: number
}

const MAX_PLACE = 0xffff_ffff

/** The same ids at each try, so that none is taken twice; the first row of the file is the newest, and stands on top. */
const toRows = (taken: readonly ImportedAnnotation[], { id, tenant_id, accountId, jobId, now }: RowsOf): AnnotationRow[] =>
  taken.map(({ question, answer }, index) => ({
    id: `${jobId.slice(0, -12)}${(MAX_PLACE - index).toString(16).padStart(12, '0')}`,
    tenant_id,
    app_id: id,
    question,
    question_hash: hashQuestion(question),
    answer,
    hit_count: 0,
    account_id: accountId,
    conversation_id: null,
    message_id: null,
    created_at: now,
    updated_at: now,
  }))
