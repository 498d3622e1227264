import { elapsedSeconds, presentRun } from './present-runs.ts'
import type { RunFilter, ShownRun } from './runs-of-apps.repository.ts'
import type { AccountReferences } from './shown-runs.ts'
import { readBeginning } from './stored-beginning.ts'

/** The words by which logs are narrowed down, and what they mean in the rows. */
const statusesOf = {
  running: ['running'],
  paused: ['paused'],
  succeeded: ['succeeded', 'partial-succeeded'],
  'partial-succeeded': ['partial-succeeded'],
  failed: ['failed', 'interrupted'],
  stopped: ['stopped'],
} as const
export type LogStatus = keyof typeof statusesOf

export interface LogQuery {
  readonly keyword?: string | undefined
  readonly status?: LogStatus | undefined
  readonly created_at__before?: string | undefined
  readonly created_at__after?: string | undefined
  readonly created_by_end_user_session_id?: string | undefined
  readonly created_by_account?: string | undefined
}

export const toStatuses = (status: LogStatus | undefined): RunFilter['statuses'] => (status ? statusesOf[status] : [])

export const toFilter = (appId: string, query: LogQuery): RunFilter => ({
  appId,
  statuses: toStatuses(query.status),
  keyword: query.keyword || undefined,
  beforeMs: query.created_at__before ? Date.parse(query.created_at__before) : undefined,
  afterMs: query.created_at__after ? Date.parse(query.created_at__after) : undefined,
  sessionId: query.created_by_end_user_session_id || undefined,
  accountId: query.created_by_account || undefined,
})

/** An end user as the console and the logs show it; null where an account started the run. */
export const presentEndUser = (row: Pick<ShownRun, 'from_end_user_id' | 'end_user_type' | 'is_anonymous' | 'session_id'>) =>
  row.from_end_user_id === null
    ? null
    : {
        id: row.from_end_user_id,
        type: row.end_user_type ?? 'service_api',
        is_anonymous: row.is_anonymous === 1,
        session_id: row.session_id,
      }

/** What started a run by itself; empty where somebody did. */
function triggerOf(row: ShownRun): Record<string, string> {
  if (row.triggered_from !== 'webhook' && row.triggered_from !== 'schedule') return {}
  return { type: `trigger-${row.triggered_from}`, node_id: readBeginning(row)?.root ?? '' }
}

export interface LogView {
  readonly accounts?: AccountReferences
  /** With what is known of its trigger. */
  readonly isDetailed?: boolean
}

export function presentLog(row: ShownRun, { accounts, isDetailed = false }: LogView = {}) {
  const run = presentRun(row)
  return {
    id: row.id,
    workflow_run: {
      ...run,
      version: row.version ?? '',
      triggered_from: row.triggered_from,
      elapsed_time: elapsedSeconds(row),
      exceptions_count: row.exceptions_count ?? 0,
    },
    details: isDetailed ? { trigger_metadata: triggerOf(row) } : null,
    created_from: row.invoke_from,
    created_by_role: row.from_end_user_id === null ? ('account' as const) : ('end_user' as const),
    created_by_account: accounts?.get(row.from_account_id ?? '') ?? null,
    created_by_end_user: presentEndUser(row),
    created_at: run.created_at,
  }
}
