import { createHash } from 'node:crypto'
import { type Database, type Db, fromJsonText, inTransaction, type JobsTable, toJsonText } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { EnqueueOptions, JobDefinition, QueueStats } from '@trellis/spec'
import { type SelectQueryBuilder, SqliteAdapter } from 'kysely'

/** A job in the hands of a worker. `workerId` and `attempt` are its fence. */
export interface ClaimedJob {
  readonly id: string
  readonly name: string
  readonly queue: string
  readonly payload: unknown
  readonly attempt: number
}

type Fence = Pick<ClaimedJob, 'id' | 'attempt'>

/** The kinds and queues that a worker may take from now. */
export interface Demand {
  readonly names: readonly string[]
  /** Free slots by queue; queues without any are left out. */
  readonly freeSlots: ReadonlyMap<string, number>
}

const LONGEST_KEY = 255

function toDedupKey(name: string, key: string): string {
  const whole = `${name}:${key}`
  return whole.length <= LONGEST_KEY ? whole : `sha256:${createHash('sha256').update(whole).digest('hex')}`
}

export async function insertJob(
  db: Db,
  definition: Pick<JobDefinition, 'name' | 'queue'>,
  payload: unknown,
  { key, delayMs = 0, now }: EnqueueOptions & { readonly now: number },
): Promise<void> {
  await db
    .insertInto('jobs')
    .values({
      id: newId(),
      queue: definition.queue,
      name: definition.name,
      payload: toJsonText(payload),
      dedup_key: key === undefined ? null : toDedupKey(definition.name, key),
      status: 'waiting',
      due_at: now + delayMs,
      attempt: 0,
      worker_id: null,
      last_error: null,
      created_at: now,
      started_at: null,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.column('dedup_key').doNothing())
    .execute()
}

/** When the next job is due, or undefined where there is none. One probe of an index: this is what an idle worker polls. */
export async function findNextDueAt(db: Db, { names, freeSlots }: Demand): Promise<number | undefined> {
  const row = await db
    .selectFrom('jobs')
    .select((expression) => expression.fn.min('due_at').as('due_at'))
    .where('queue', 'in', [...freeSlots.keys()])
    .where('name', 'in', names)
    .where('due_at', 'is not', null)
    .executeTakeFirst()
  return row?.due_at ?? undefined
}

/** Takes due jobs for a worker: new ones, retries, and those whose lease ended because their worker died. */
export async function claimJobs(
  db: Db,
  {
    demand,
    workerId,
    now,
    leaseMs,
  }: { readonly demand: Demand; readonly workerId: string; readonly now: number; readonly leaseMs: number },
): Promise<readonly ClaimedJob[]> {
  return inTransaction(db, async (db) => {
    const candidates = await skippingLocked(
      db,
      db
        .selectFrom('jobs')
        .select(['id', 'name', 'queue', 'payload', 'attempt'])
        .where('queue', 'in', [...demand.freeSlots.keys()])
        .where('name', 'in', demand.names)
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .orderBy('id')
        .limit(Math.max(...demand.freeSlots.values())),
    ).execute()
    const free = new Map(demand.freeSlots)
    const taken = candidates.filter(({ queue }) => {
      const left = free.get(queue) ?? 0
      free.set(queue, left - 1)
      return left > 0
    })
    if (taken.length === 0) return []
    await db
      .updateTable('jobs')
      .set((expression) => ({
        status: 'running',
        attempt: expression('attempt', '+', 1),
        worker_id: workerId,
        due_at: now + leaseMs,
        started_at: now,
      }))
      .where(
        'id',
        'in',
        taken.map((row) => row.id),
      )
      .execute()
    return taken.map((row) => ({ ...row, payload: fromJsonText<unknown>(row.payload), attempt: row.attempt + 1 }))
  })
}

/** Servers let several workers claim at once, each skipping the rows of the others; SQLite has one writer and no row locks. */
function skippingLocked<Row>(db: Db, query: SelectQueryBuilder<Database, 'jobs', Row>): SelectQueryBuilder<Database, 'jobs', Row> {
  return db.getExecutor().adapter instanceof SqliteAdapter ? query : query.forUpdate().skipLocked()
}

/** Prolongs leases and returns the ids of those jobs that the worker no longer holds. */
export async function renewLeases(
  db: Db,
  { ids, workerId, until }: { readonly ids: readonly string[]; readonly workerId: string; readonly until: number },
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const result = await db
    .updateTable('jobs')
    .set({ due_at: until })
    .where('id', 'in', ids)
    .where('worker_id', '=', workerId)
    .executeTakeFirst()
  if (result.numUpdatedRows === BigInt(ids.length)) return []
  const held = await db.selectFrom('jobs').select('id').where('id', 'in', ids).where('worker_id', '=', workerId).execute()
  const heldIds = new Set(held.map((row) => row.id))
  return ids.filter((id) => !heldIds.has(id))
}

/** What becomes of a job after a try. Nothing where the lease was lost meanwhile. */
export type Verdict =
  | { readonly type: 'done' }
  | { readonly type: 'retry'; readonly at: number; readonly error: string }
  /** Given back untried: the attempt does not count. */
  | { readonly type: 'give-back'; readonly at: number }
  | { readonly type: 'failed'; readonly at: number; readonly error: string }

export async function settleJob(db: Db, job: Fence, workerId: string, verdict: Verdict): Promise<void> {
  if (verdict.type === 'done') {
    await db.deleteFrom('jobs').where('id', '=', job.id).where('worker_id', '=', workerId).where('attempt', '=', job.attempt).execute()
    return
  }
  await db
    .updateTable('jobs')
    .set(toChanges(job, verdict))
    .where('id', '=', job.id)
    .where('worker_id', '=', workerId)
    .where('attempt', '=', job.attempt)
    .execute()
}

function toChanges(job: Fence, verdict: Exclude<Verdict, { readonly type: 'done' }>): Partial<JobsTable> {
  switch (verdict.type) {
    case 'retry':
      return { status: 'waiting', worker_id: null, due_at: verdict.at, last_error: verdict.error }
    case 'give-back':
      return { status: 'waiting', worker_id: null, due_at: verdict.at, attempt: job.attempt - 1 }
    case 'failed':
      return { status: 'failed', worker_id: null, due_at: null, dedup_key: null, last_error: verdict.error, finished_at: verdict.at }
  }
}

/** So many go at once: whoever else writes waits no longer than for those. */
const MOST_DELETED = 1000

/** Deletes jobs of a queue that failed for good before a time, or before so many others. */
export async function deleteFailedJobs(
  db: Db,
  { queue, before, most }: { readonly queue: string; readonly before: number; readonly most: number },
): Promise<void> {
  // A job that may still run has a due time: the index over both columns finds the others.
  const failed = db.selectFrom('jobs').where('queue', '=', queue).where('due_at', 'is', null).where('status', '=', 'failed')
  const surplus = await failed.select('finished_at').orderBy('finished_at', 'desc').offset(most).limit(1).executeTakeFirst()
  const last = Math.max(before, surplus?.finished_at ?? 0)
  const old = await failed.select('id').where('finished_at', '<=', last).orderBy('finished_at').limit(MOST_DELETED).execute()
  if (old.length === 0) return
  await db
    .deleteFrom('jobs')
    .where(
      'id',
      'in',
      old.map(({ id }) => id),
    )
    .execute()
}

export async function countJobs(db: Db, queue: string | undefined): Promise<QueueStats> {
  const rows = await db
    .selectFrom('jobs')
    .select((expression) => ['status', expression.fn.countAll<number>().as('count')])
    .$if(queue !== undefined, (query) => query.where('queue', '=', queue ?? ''))
    .groupBy('status')
    .execute()
  const counts = { waiting: 0, running: 0, failed: 0 }
  for (const { status, count } of rows) counts[status] = Number(count)
  return counts
}
