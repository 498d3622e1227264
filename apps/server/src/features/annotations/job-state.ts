import { type AnnotationJobState, type AnnotationJobStatus, AppError, type Refusal, refusalSchema } from '@trellis/contracts'
import type { Cache } from '@trellis/spec'
import { z } from 'zod'

/** How far a job is, for whoever asks; kept for ten minutes from the last word of it. */
export interface JobStates {
  tell(job: JobReference, state: JobState): Promise<void>
  /** @throws `invalid_param` for a job that is not known, or no longer */
  read(job: JobReference): Promise<AnnotationJobState>
}

export interface JobReference {
  readonly kind: 'enable' | 'disable' | 'import'
  readonly appId: string
  readonly jobId: string
}

export interface JobState {
  readonly status: AnnotationJobStatus
  readonly error?: string
  /** The error, for whoever words it in another language. */
  readonly refusal?: Refusal | undefined
  readonly done?: number
  readonly total?: number
}

const LIFETIME_MS = 600_000
const stored = z.object({
  status: z.enum(['waiting', 'processing', 'completed', 'error']),
  error: z.string().optional(),
  refusal: refusalSchema.optional(),
  done: z.number().optional(),
  total: z.number().optional(),
})

export function createJobStates(cache: Cache): JobStates {
  const keyOf = ({ kind, appId, jobId }: JobReference): string => `annotation-job:${kind}:${appId}:${jobId}`
  return {
    tell: (job, state) => cache.set(keyOf(job), JSON.stringify(state), { ttlMs: LIFETIME_MS }),
    async read(job) {
      const text = await cache.get(keyOf(job))
      if (text === undefined) {
        throw new AppError('invalid_param', {
          message: 'The job does not exist. Jobs are told for ten minutes after they ended.',
          param: 'job_id',
          refusal: { reason: 'job_gone', values: {} },
        })
      }
      const { status, error = '', refusal, done = null, total = null } = stored.parse(JSON.parse(text))
      return { job_id: job.jobId, job_status: status, error_msg: error, ...(refusal && { details: refusal }), done, total }
    },
  }
}
