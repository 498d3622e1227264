import type { JsonText, Milliseconds } from './columns.ts'

/** The embedded job queue. Done jobs are deleted; failed ones stay a while for inspection. */
export interface JobsTable {
  id: string
  queue: string
  name: string
  payload: JsonText
  /** Held while the job waits or runs, NULL otherwise, so that a plain unique index serves on every dialect. */
  dedup_key: string | null
  status: 'waiting' | 'running' | 'failed'
  /** Waiting: when it may be handed out. Running: when its worker's lease ends and it is handed out again. Failed: NULL. */
  due_at: Milliseconds | null
  /** Tries begun so far. */
  attempt: number
  /** Whose lease it is; together with `attempt` the fence against a worker that comes back late. */
  worker_id: string | null
  last_error: string | null
  created_at: Milliseconds
  started_at: Milliseconds | null
  finished_at: Milliseconds | null
}
