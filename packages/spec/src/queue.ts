import type { z } from 'zod'

/** One kind of job: its name, the shape of its payload and how often it is tried. */
export interface JobDefinition<T = unknown> {
  readonly name: string
  /** Dify's queue that the job belongs to (`CELERY_QUEUES` chooses what a worker serves). */
  readonly queue: string
  readonly payload: z.ZodType<T>
  /** Tries in all, the first one included. */
  readonly attempts: number
  /** Delay before try n+1 is `backoffMs * 2^(n-1)`. */
  readonly backoffMs: number
  /** After this long a handler counts as lost: it is aborted and the try has failed. A job whose worker died is handed out again sooner. */
  readonly timeoutMs: number
}

export interface JobContext<T> {
  readonly payload: T
  /** 1 on the first try. */
  readonly attempt: number
  /** Aborts when the worker shuts down or the job timed out. */
  readonly signal: AbortSignal
}

/** Handlers are idempotent: a job is done at least once. */
export type JobHandler<T> = (context: JobContext<T>) => Promise<void>

export interface EnqueueOptions {
  /** While a job with this key waits or runs, another one with the same key is not added. */
  readonly key?: string
  readonly delayMs?: number
}

export interface QueueStats {
  readonly waiting: number
  readonly running: number
  readonly failed: number
}

export interface JobQueue {
  enqueue<T>(definition: JobDefinition<T>, payload: T, options?: EnqueueOptions): Promise<void>
  /** Starts handing out jobs of the registered kinds, at most `concurrency` of each queue at once, so that no full queue blocks another. One handler a kind. */
  work(registrations: readonly JobRegistration[], options: { readonly concurrency: number }): JobWorker
  stats(queue?: string): Promise<QueueStats>
  check(): Promise<void>
  close(): Promise<void>
}

export interface JobRegistration {
  readonly definition: JobDefinition
  readonly handler: JobHandler<unknown>
}

export interface JobWorker {
  /** Takes no more jobs, waits for those that run (aborting them after `graceMs`), then returns. */
  close(graceMs?: number): Promise<void>
}
