import type { JsonText, Milliseconds } from './columns.ts'

/** Work for later, where no Redis is configured. Done jobs are deleted. */
export interface JobsTable {
  id: string
  name: string
  queue: string
  /** While a job with this key waits or runs, no other with the same key is added. Null for done or failed ones. */
  dedup_key: string | null
  payload: JsonText
  status: 'waiting' | 'running' | 'failed'
  attempt: number
  run_at: Milliseconds
  /** The worker that has it, and until when it is believed to live. */
  locked_by: string | null
  locked_until: Milliseconds | null
  error: string | null
  created_at: Milliseconds
  updated_at: Milliseconds
}
