import { createJointInsert, createRowInsert, type Db, type RunEventsTable, type RunsTable } from '@trellis/db'

export type RunRow = RunsTable
export type RunEventsRow = RunEventsTable

/** What the rows of other runs have in the columns of workflows. */
export const noWorkflow = {
  workflow_id: null,
  triggered_from: null,
  inputs: null,
  outputs: null,
  total_steps: null,
  exceptions_count: null,
  elapsed_ms: null,
} as const

const runs = createRowInsert('runs', {
  id: true,
  tenant_id: true,
  app_id: true,
  kind: true,
  task_id: true,
  conversation_id: true,
  message_id: true,
  status: true,
  invoke_from: true,
  from_end_user_id: true,
  from_account_id: true,
  api_key_id: true,
  host_id: true,
  epoch: true,
  stop_requested_at: true,
  error_code: true,
  error: true,
  total_tokens: true,
  ledger: true,
  workflow_id: true,
  triggered_from: true,
  inputs: true,
  outputs: true,
  total_steps: true,
  exceptions_count: true,
  elapsed_ms: true,
  created_at: true,
  finished_at: true,
})

const runEvents = createRowInsert('run_events', {
  run_id: true,
  first_offset: true,
  epoch: true,
  event_count: true,
  events: true,
  created_at: true,
})

export const insertRuns = runs.insert
export const insertRunEvents = runEvents.insert
/** Runs that begin, with what the journal has of these and others: all or none. */
export const insertRunsAndEvents = createJointInsert(runs, runEvents)

export interface RunFinish {
  readonly status: Exclude<RunRow['status'], 'running'>
  readonly errorCode: string | null
  readonly error: string | null
  readonly totalTokens: number
  readonly ledger: string | null
  /** Null where it only pauses. */
  readonly finishedAt: number | null
  readonly workflow?: {
    readonly outputs: string
    readonly totalSteps: number
    readonly exceptionsCount: number
    readonly elapsedMs: number
  }
}

/** A finish as columns of the run's row. */
export const toFinishColumns = (finish: RunFinish) => ({
  status: finish.status,
  error_code: finish.errorCode,
  // PostgreSQL has no text with NUL, and a run that cannot be ended would be told as interrupted.
  error: finish.error?.replaceAll('\u0000', '') ?? null,
  total_tokens: finish.totalTokens,
  ledger: finish.ledger,
  finished_at: finish.finishedAt,
  ...(finish.workflow
    ? {
        outputs: finish.workflow.outputs,
        total_steps: finish.workflow.totalSteps,
        exceptions_count: finish.workflow.exceptionsCount,
        elapsed_ms: Math.round(finish.workflow.elapsedMs),
      }
    : {}),
})

/** Ends the run, if it is still this life's to end; tells whether it was. */
export async function finishRun(db: Db, run: { readonly id: string; readonly epoch: number }, finish: RunFinish): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('runs')
    .set(toFinishColumns(finish))
    .where('id', '=', run.id)
    .where('epoch', '=', run.epoch)
    .where('status', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What a run begins with, where that was not known when it was accepted. A run that another process has meanwhile is left alone. */
export const storeRunInputs = async (db: Db, run: { readonly id: string; readonly epoch: number }, inputs: string): Promise<void> => {
  await db.updateTable('runs').set({ inputs }).where('id', '=', run.id).where('epoch', '=', run.epoch).execute()
}

export const findRunById = (db: Db, id: string): Promise<RunRow | undefined> =>
  db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()

export const findRunByMessage = (db: Db, messageId: string): Promise<RunRow | undefined> =>
  db.selectFrom('runs').selectAll().where('message_id', '=', messageId).executeTakeFirst()

export const findRunByTask = (db: Db, appId: string, taskId: string): Promise<RunRow | undefined> =>
  db.selectFrom('runs').selectAll().where('task_id', '=', taskId).where('app_id', '=', appId).executeTakeFirst()

export const requestStop = async (db: Db, id: string, now: number): Promise<void> => {
  await db.updateTable('runs').set({ stop_requested_at: now }).where('id', '=', id).where('status', 'in', ['running', 'paused']).execute()
}

/** Batches that hold events from the offset on, in order; all of them unless limited. */
export const listRunEvents = (db: Db, runId: string, fromOffset: number, limit?: number): Promise<RunEventsRow[]> =>
  db
    .selectFrom('run_events')
    .selectAll()
    .where('run_id', '=', runId)
    .where((where) => where(where('first_offset', '+', where.ref('event_count')), '>', fromOffset))
    .orderBy('first_offset')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute()

/** The first batch of each life after that one, the latest life first. */
export async function listLaterLives(db: Db, runId: string, epoch: number): Promise<RunEventsRow[]> {
  const starts = await db
    .selectFrom('run_events')
    .select((select) => ['epoch', select.fn.min('first_offset').as('first_offset')])
    .where('run_id', '=', runId)
    .where('epoch', '>', epoch)
    .groupBy('epoch')
    .execute()
  if (starts.length === 0) return []
  return db
    .selectFrom('run_events')
    .selectAll()
    .where('run_id', '=', runId)
    .where(
      'first_offset',
      'in',
      starts.map(({ first_offset: offset }) => Number(offset)),
    )
    .orderBy('first_offset', 'desc')
    .execute()
}

/** The offset behind the last event that the lives up to that one have journalled: where the next life begins. */
export async function findEndOfLives(db: Db, runId: string, lastEpoch: number): Promise<number> {
  const last = await db
    .selectFrom('run_events')
    .select(['first_offset', 'event_count'])
    .where('run_id', '=', runId)
    .where('epoch', '<=', lastEpoch)
    .orderBy('first_offset', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? last.first_offset + last.event_count : 0
}

/** The last batch of the journal. */
export const findLastEvents = (db: Db, runId: string): Promise<RunEventsRow | undefined> =>
  db.selectFrom('run_events').selectAll().where('run_id', '=', runId).orderBy('first_offset', 'desc').limit(1).executeTakeFirst()

export const upsertHost = async (
  db: Db,
  host: { readonly id: string; readonly startedAt: number; readonly expiresAt: number },
): Promise<void> => {
  const { numUpdatedRows } = await db.updateTable('hosts').set({ expires_at: host.expiresAt }).where('id', '=', host.id).executeTakeFirst()
  if (numUpdatedRows > 0n) return
  await db.insertInto('hosts').values({ id: host.id, started_at: host.startedAt, expires_at: host.expiresAt }).execute()
}

export const deleteHost = async (db: Db, id: string): Promise<void> => {
  await db.deleteFrom('hosts').where('id', '=', id).execute()
}

export const deleteOtherHosts = async (db: Db, id: string): Promise<void> => {
  await db.deleteFrom('hosts').where('id', '!=', id).execute()
}

export const deleteExpiredHosts = async (db: Db, before: number): Promise<void> => {
  await db.deleteFrom('hosts').where('expires_at', '<', before).execute()
}

/** Runs that nobody executes: their host's lease has expired. */
export const listOrphanedRuns = (db: Db, now: number, limit: number): Promise<RunRow[]> =>
  db
    .selectFrom('runs')
    .selectAll()
    .where('status', '=', 'running')
    .where('host_id', 'not in', db.selectFrom('hosts').select('id').where('expires_at', '>', now))
    .limit(limit)
    .execute()

export const listRunsOfHost = (db: Db, hostId: string): Promise<RunRow[]> =>
  db.selectFrom('runs').selectAll().where('status', '=', 'running').where('host_id', '=', hostId).execute()

/** Takes a run that nobody executes, or that is paused, into its next life; false where somebody else was faster. */
export async function claimRun(db: Db, run: RunRow, hostId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('runs')
    .set({ host_id: hostId, epoch: run.epoch + 1, status: 'running' })
    .where('id', '=', run.id)
    .where('epoch', '=', run.epoch)
    .where('status', '=', run.status)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Runs with a journal, by id. */
export async function listJournalledRuns(
  db: Db,
  range: { readonly after: string; readonly before: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('run_events')
    .select('run_id')
    .distinct()
    .where('run_id', '>', range.after)
    .where('run_id', '<', range.before)
    .orderBy('run_id')
    .limit(range.limit)
    .execute()
  return rows.map((row) => row.run_id)
}

/** Those of the runs that ended before that time, or of which there is nothing else left. The journal of a workflow's run is its trace, and stays. */
export async function listEndedRuns(db: Db, ids: readonly string[], before: number): Promise<string[]> {
  const others = await db
    .selectFrom('runs')
    .select('id')
    .where('id', 'in', ids)
    .where((where) =>
      where.or([where('status', 'in', ['running', 'paused']), where('finished_at', '>=', before), where('workflow_id', 'is not', null)]),
    )
    .execute()
  const kept = new Set(others.map(({ id }) => id))
  return ids.filter((id) => !kept.has(id))
}

export const deleteRunEvents = async (db: Db, runIds: readonly string[]): Promise<void> => {
  if (runIds.length > 0) await db.deleteFrom('run_events').where('run_id', 'in', runIds).execute()
}

/** Whether the run can still be read event by event. */
export async function hasJournal(db: Db, runId: string): Promise<boolean> {
  const row = await db.selectFrom('run_events').select('run_id').where('run_id', '=', runId).limit(1).executeTakeFirst()
  return row !== undefined
}
