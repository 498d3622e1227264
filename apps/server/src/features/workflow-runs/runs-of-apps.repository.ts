import type { Db, EndUsersTable } from '@trellis/db'
import { dumpJson } from '@trellis/values'
import { type SqlBool, sql } from 'kysely'
import type { RunRow } from '../runs/index.ts'

export interface RunFilter {
  readonly appId: string
  readonly statuses: readonly RunRow['status'][]
  /** Part of what went in or came out, in any case. */
  readonly keyword: string | undefined
  readonly beforeMs: number | undefined
  readonly afterMs: number | undefined
  readonly sessionId: string | undefined
  readonly accountId: string | undefined
}

/** What `triggered_from` says of trials; all else began with callers. */
const trials = ['debugging', 'single-step'] as const

/** The two lists of the console: trials of whole drafts, and what callers and triggers started. */
export type RunKind = 'debugging' | 'app-run'

const selectRuns = (db: Db, filter: RunFilter) => {
  let query = db
    .selectFrom('runs')
    .leftJoin('end_users', 'end_users.id', 'runs.from_end_user_id')
    .leftJoin('workflows', 'workflows.id', 'runs.workflow_id')
    .where('runs.app_id', '=', filter.appId)
    .where('runs.kind', '=', 'workflow')
    .where('runs.triggered_from', 'not in', trials)
  if (filter.statuses.length > 0) query = query.where('runs.status', 'in', filter.statuses)
  if (filter.beforeMs !== undefined) query = query.where('runs.created_at', '<=', filter.beforeMs)
  if (filter.afterMs !== undefined) query = query.where('runs.created_at', '>=', filter.afterMs)
  if (filter.sessionId !== undefined) query = query.where('end_users.session_id', '=', filter.sessionId)
  if (filter.accountId !== undefined) query = query.where('runs.from_account_id', '=', filter.accountId)
  const { keyword } = filter
  if (keyword) {
    // As it stands in their JSON. Both sides by the database's own rules of case.
    const part = `%${dumpJson(keyword).slice(1, -1).replace(/[!%_]/g, '!$&')}%`
    const holds = (name: string) => sql<SqlBool>`lower(${sql.ref(name)}) like lower(${part}) escape '!'`
    query = query.where((where) => where.or([holds('runs.inputs'), holds('runs.outputs')]))
  }
  return query
}

/** A run with what is shown beside it. */
export interface ShownRun extends RunRow {
  readonly session_id: string | null
  readonly is_anonymous: EndUsersTable['is_anonymous'] | null
  readonly end_user_type: string | null
  readonly version: string | null
}

const besideRun = ['end_users.session_id', 'end_users.is_anonymous', 'end_users.type as end_user_type', 'workflows.version'] as const

export const listRuns = (db: Db, filter: RunFilter, page: { readonly offset: number; readonly limit: number }): Promise<ShownRun[]> =>
  selectRuns(db, filter)
    .selectAll('runs')
    .select(besideRun)
    .orderBy('runs.created_at', 'desc')
    .orderBy('runs.id', 'desc')
    .offset(page.offset)
    .limit(page.limit)
    .execute()

export async function countRuns(db: Db, filter: RunFilter): Promise<number> {
  const row = await selectRuns(db, filter)
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

const selectShown = (db: Db) =>
  db
    .selectFrom('runs')
    .leftJoin('end_users', 'end_users.id', 'runs.from_end_user_id')
    .leftJoin('workflows', 'workflows.id', 'runs.workflow_id')
    .selectAll('runs')
    .select(besideRun)

export const findShownRun = (db: Db, runId: string): Promise<ShownRun | undefined> =>
  selectShown(db).where('runs.id', '=', runId).executeTakeFirst()

/** Runs of an app's graph, newest first, from the one after `last` on. */
export function listRunsAfter(
  db: Db,
  filter: Pick<RunFilter, 'appId' | 'statuses'> & { readonly kind: RunKind },
  { last, limit }: { readonly last: Pick<RunRow, 'id' | 'created_at'> | undefined; readonly limit: number },
): Promise<ShownRun[]> {
  let query = selectShown(db).where('runs.app_id', '=', filter.appId)
  query =
    filter.kind === 'app-run' ? query.where('runs.triggered_from', 'not in', trials) : query.where('runs.triggered_from', '=', filter.kind)
  if (filter.statuses.length > 0) query = query.where('runs.status', 'in', filter.statuses)
  if (last) {
    query = query.where((where) =>
      where.or([
        where('runs.created_at', '<', last.created_at),
        where.and([where('runs.created_at', '=', last.created_at), where('runs.id', '<', last.id)]),
      ]),
    )
  }
  return query.orderBy('runs.created_at', 'desc').orderBy('runs.id', 'desc').limit(limit).execute()
}

/** How many runs of an app's graph have come to what. */
export async function countByStatus(
  db: Db,
  {
    appId,
    statuses,
    kind,
    sinceMs,
  }: Pick<RunFilter, 'appId' | 'statuses'> & {
    readonly kind: RunKind
    readonly sinceMs: number | undefined
  },
): Promise<ReadonlyMap<RunRow['status'], number>> {
  let query = db.selectFrom('runs').where('app_id', '=', appId)
  query = kind === 'app-run' ? query.where('triggered_from', 'not in', trials) : query.where('triggered_from', '=', kind)
  if (statuses.length > 0) query = query.where('status', 'in', statuses)
  if (sinceMs !== undefined) query = query.where('created_at', '>=', sinceMs)
  const rows = await query
    .select(['status', (select) => select.fn.countAll().as('count')])
    .groupBy('status')
    .execute()
  return new Map(rows.map(({ status, count }) => [status, Number(count)]))
}
