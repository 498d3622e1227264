import { AppError } from '@trellis/contracts'
import { inTransaction, toFlag } from '@trellis/db'
import { createJobRegistration } from '@trellis/queue'
import type { Clock, JobDefinition, JobQueue, JobRegistration, Logger } from '@trellis/spec'
import { z } from 'zod'
import type { JobState, JobStates } from '../job-state.ts'
import { findSetting, updateSetting } from './annotation-settings.repository.ts'
import { countUnembedded, deleteOtherVectors } from './annotation-vectors.repository.ts'
import { type EmbedDependencies, embedAnnotations, modelKeyOf } from './embed-annotations.ts'

export interface ReplyJobDependencies extends EmbedDependencies {
  readonly clock: Clock
  readonly logger: Logger
  readonly queue: JobQueue
  readonly states: JobStates
}

const model = z.object({ provider: z.string(), model: z.string() })
const app = { tenantId: z.string(), appId: z.string() }
const enablePayload = z.object({ ...app, jobId: z.string(), accountId: z.string(), thresholdMicro: z.number(), model: model.nullable() })
const embedPayload = z.object(app)

type EnablePayload = z.infer<typeof enablePayload>

const kind = { queue: 'dataset', attempts: 5, backoffMs: 2_000, timeoutMs: 60 * 60_000 }
const enableReply: JobDefinition<EnablePayload> = { ...kind, name: 'annotations.enable-reply', payload: enablePayload }
const embedMissing: JobDefinition<z.infer<typeof embedPayload>> = { ...kind, name: 'annotations.embed', payload: embedPayload }

export const enqueueEnabling = (queue: JobQueue, payload: EnablePayload): Promise<void> => queue.enqueue(enableReply, payload)

/** Asks for vectors of what was written. Without a key: a job that is about to end would not see it. */
export const enqueueEmbedding = (queue: JobQueue, payload: z.infer<typeof embedPayload>): Promise<void> =>
  queue.enqueue(embedMissing, payload)

export const createReplyJobs = (dependencies: ReplyJobDependencies): readonly JobRegistration[] => [
  createJobRegistration(enableReply, (context) => enable(dependencies, context)),
  createJobRegistration(embedMissing, async ({ payload: { tenantId, appId }, signal }) => {
    const setting = await findSetting(dependencies.db, tenantId, appId)
    if (setting?.is_enabled !== 1 || setting.embedding_provider === null || setting.embedding_model === null) return
    const model = { provider: setting.embedding_provider, model: setting.embedding_model }
    await embedAnnotations(dependencies, { tenantId, appId, accountId: setting.updated_by, model, signal })
  }),
]

interface EnableRun {
  readonly payload: EnablePayload
  readonly attempt: number
  readonly signal: AbortSignal
}

async function enable(dependencies: ReplyJobDependencies, run: EnableRun): Promise<void> {
  const { db, states, logger } = dependencies
  const { tenantId, appId, jobId } = run.payload
  // Somebody wished for something else meanwhile.
  if ((await findSetting(db, tenantId, appId))?.job_id !== jobId) return
  const job = { kind: 'enable', appId, jobId } as const
  try {
    const total = await prepare(dependencies, run)
    await states.tell(job, { status: 'completed', done: total, total })
  } catch (error) {
    run.signal.throwIfAborted()
    const isHopeless = AppError.is(error) && error.entry.kind === 'user'
    if (!isHopeless && run.attempt < enableReply.attempts) throw error
    logger.warn({ err: error, appId, tenantId }, 'Annotation reply could not be switched on')
    await states.tell(job, { status: 'error', ...told(error) })
    await updateSetting(db, tenantId, { appId, jobId, change: { job_id: null } })
  }
}

/** What our own errors say; the others are for the log alone. */
function told(error: unknown): Pick<JobState, 'error' | 'refusal'> {
  if (AppError.is(error)) return { error: error.message, refusal: error.refusal }
  return { error: 'The annotations could not be embedded.', refusal: { reason: 'annotations_not_embedded', values: {} } }
}

/** Makes every vector, then answers by them: until then what was set before goes on. Tells how many it made. */
async function prepare({ clock, states, ...dependencies }: ReplyJobDependencies, { payload, signal }: EnableRun): Promise<number> {
  const { db } = dependencies
  const { tenantId, appId, jobId, model, thresholdMicro, accountId } = payload
  const job = { kind: 'enable', appId, jobId } as const
  const total = model ? await countUnembedded(db, tenantId, { appId, model: modelKeyOf(model) }) : 0
  await states.tell(job, { status: 'processing', done: 0, total })
  const onProgress = (done: number): Promise<void> => states.tell(job, { status: 'processing', done: Math.min(done, total), total })
  const wish = { tenantId, appId, accountId, signal }
  if (model) await embedAnnotations(dependencies, { ...wish, model, onProgress })
  await inTransaction(db, async (db) => {
    const change = {
      is_enabled: toFlag(true),
      score_threshold_micro: thresholdMicro,
      embedding_provider: model?.provider ?? null,
      embedding_model: model?.model ?? null,
      job_id: null,
      updated_by: accountId,
      updated_at: clock.now(),
    }
    const isLatest = await updateSetting(db, tenantId, { appId, jobId, change })
    if (isLatest) await deleteOtherVectors(db, tenantId, { appId, model: model ? modelKeyOf(model) : undefined })
  })
  // What was written while the others were embedded found no setting that would have embedded it.
  if (model) await embedAnnotations(dependencies, { ...wish, model })
  return total
}
