import { z } from 'zod'
import { orNull, timestamp, uuid } from '../common/wire.ts'
import { refusalSchema } from '../errors/refusal.ts'

/** An answer that somebody wrote, as both APIs tell it (service-api 1.8). */
export const annotationSchema = z.object({
  id: uuid,
  question: orNull(z.string()),
  answer: orNull(z.string()),
  hit_count: orNull(z.number().int()),
  created_at: orNull(timestamp),
})
export type Annotation = z.infer<typeof annotationSchema>

export const annotationListQuery = {
  page: z.coerce.number<number | string>().int().min(1).max(99_999).default(1),
  /** More than 100 are 100. */
  limit: z.coerce
    .number<number | string>()
    .int()
    .min(1)
    .default(20)
    .transform((limit) => Math.min(limit, 100)),
  /** Part of a question or an answer, in any case. */
  keyword: z.string().optional(),
}

export const annotationReplyAction = z.enum(['enable', 'disable'])

/** All are wanted for `disable` too. Two empty names: questions are found by their words alone (ours). */
export const annotationReplyInput = z.object({
  /** 0 behaves as 1. */
  score_threshold: z.number().min(0).max(1),
  embedding_provider_name: z.string(),
  embedding_model_name: z.string(),
})

export const annotationJobStatus = z.enum(['waiting', 'processing', 'completed', 'error'])
export type AnnotationJobStatus = z.infer<typeof annotationJobStatus>

const job = { job_id: uuid, job_status: annotationJobStatus }

export const annotationJobStarted = z.object(job)
/** `details`, which words the error, and `done` of `total` are ours. */
export const annotationJobState = z.object({
  ...job,
  error_msg: z.string(),
  details: refusalSchema.optional(),
  done: orNull(z.number().int()),
  total: orNull(z.number().int()),
})
export type AnnotationJobState = z.infer<typeof annotationJobState>

/** What `annotation_reply` says of an app wherever its configuration is told. */
export const annotationSettingSchema = z.object({
  enabled: z.boolean(),
  id: orNull(uuid),
  score_threshold: orNull(z.number()),
  embedding_model: orNull(z.object({ embedding_provider_name: z.string(), embedding_model_name: z.string() })),
  /** Ours: the job that is preparing what was asked for last. */
  job_id: orNull(uuid),
})
export type AnnotationSetting = z.infer<typeof annotationSettingSchema>

/** An answer that was given in the stead of the model's: `match` and `response` are the annotation as it was then. */
export const annotationHitSchema = z.object({
  id: uuid,
  source: z.string(),
  score: z.number(),
  question: z.string(),
  match: z.string(),
  response: z.string(),
  created_at: timestamp,
  /** Ours: where it was asked. */
  message_id: orNull(uuid),
})
export type AnnotationHit = z.infer<typeof annotationHitSchema>
