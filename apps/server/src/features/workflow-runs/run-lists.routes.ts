import { consoleWorkflowRunRoutes as routes } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import { findRunById, type RunRow } from '../runs/index.ts'
import { presentLog, toFilter, toStatuses } from './run-logs.ts'
import { countByStatus, countRuns, listRuns, listRunsAfter } from './runs-of-apps.repository.ts'
import { type AccountReferences, accountIdsOf, getGraphApp, noSuchRun, presentShown } from './shown-runs.ts'

export interface RunListDependencies {
  readonly db: Db
  readonly clock: Clock
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
  readonly accountsOf: (accountIds: readonly string[]) => Promise<AccountReferences>
}

/** Runs of an app, listed and counted. */
export function mountRunLists(mount: Mount, dependencies: RunListDependencies): void {
  const { db, accountsOf, clock } = dependencies
  for (const route of [routes.listWorkflowRuns, routes.listChatflowRuns]) {
    mount(route).to(async ({ actor, params, query }) => {
      const app = await getGraphApp(dependencies.getApp, actor.tenantId, params.app_id)
      const last = query.last_id === undefined ? undefined : await findRunById(db, query.last_id)
      if (query.last_id !== undefined && last?.app_id !== app.id) throw noSuchRun()
      const filter = { appId: app.id, statuses: toStatuses(query.status), kind: query.triggered_from }
      const rows = await listRunsAfter(db, filter, { last, limit: query.limit + 1 })
      const shown = rows.slice(0, query.limit)
      const accounts = await accountsOf(accountIdsOf(shown))
      return {
        limit: query.limit,
        has_more: rows.length > query.limit,
        data: shown.map((row) => ({ ...presentShown(row, accounts), conversation_id: row.conversation_id, message_id: row.message_id })),
      }
    })
  }
  for (const route of [routes.countWorkflowRuns, routes.countChatflowRuns]) {
    mount(route).to(async ({ actor, params, query }) => {
      const app = await getGraphApp(dependencies.getApp, actor.tenantId, params.app_id)
      const counts = await countByStatus(db, {
        appId: app.id,
        statuses: toStatuses(query.status),
        kind: query.triggered_from,
        sinceMs: query.time_range === undefined ? undefined : clock.now() - toMilliseconds(query.time_range),
      })
      const count = (...statuses: readonly RunRow['status'][]): number =>
        statuses.reduce((sum, status) => sum + (counts.get(status) ?? 0), 0)
      return {
        total: [...counts.values()].reduce((sum, number) => sum + number, 0),
        running: count('running', 'paused'),
        succeeded: count('succeeded'),
        failed: count('failed', 'interrupted'),
        stopped: count('stopped'),
        partial_succeeded: count('partial-succeeded'),
      }
    })
  }
  mount(routes.listWorkflowAppLogs).to(async ({ actor, params, query }) => {
    const app = await getGraphApp(dependencies.getApp, actor.tenantId, params.app_id)
    const filter = toFilter(app.id, query)
    const offset = (query.page - 1) * query.limit
    const [rows, total] = await Promise.all([listRuns(db, filter, { offset, limit: query.limit }), countRuns(db, filter)])
    const accounts = await accountsOf(accountIdsOf(rows))
    const data = rows.map((row) => presentLog(row, { accounts, isDetailed: query.detail ?? false }))
    return { page: query.page, limit: query.limit, total, has_more: offset + rows.length < total, data }
  })
}

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }

/** `7d`, `4h`, `30m`, `30s`. */
const toMilliseconds = (range: string): number => Number.parseInt(range, 10) * (unitMs[range.at(-1) ?? ''] ?? 0)
