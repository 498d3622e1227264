import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import { deleteCallsBefore } from './ledger.repository.ts'

export interface CallRetentionDependencies {
  readonly db: Db
  readonly clock: Clock
  /** 0: for ever. */
  readonly retentionMs: number
}

const CALLS_AT_ONCE = 1_000

/** Deletes single calls that are old; what their days came to stays. In small pieces, and no further once it is told to stop. */
export async function deleteOldCalls({ db, clock, retentionMs }: CallRetentionDependencies, signal: AbortSignal): Promise<void> {
  if (retentionMs === 0) return
  const before = clock.now() - retentionMs
  while (!signal.aborted && (await deleteCallsBefore(db, { before, limit: CALLS_AT_ONCE })) === CALLS_AT_ONCE);
}
