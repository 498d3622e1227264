import { AppError, type RunOrigin } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import { isWorkflowMode } from '../workflows/index.ts'
import { presentRun } from './present-runs.ts'
import { presentEndUser } from './run-logs.ts'
import type { ShownRun } from './runs-of-apps.repository.ts'

/** Accounts by id. */
export type AccountReferences = ReadonlyMap<string, { readonly id: string; readonly name: string; readonly email: string }>

export const refusal = (app: AppsTable): AppError =>
  new AppError('app_not_found', { message: `This app is of the mode "${app.mode}", which does not run so.` })

/** An app whose runs are runs of a graph. @throws what `getApp` throws, `app_not_found` for other apps */
export async function getGraphApp(
  getApp: (tenantId: string, appId: string) => Promise<AppsTable>,
  tenantId: string,
  appId: string,
): Promise<AppsTable> {
  const app = await getApp(tenantId, appId)
  if (!isWorkflowMode(app.mode)) throw refusal(app)
  return app
}

export const noSuchRun = (): AppError => new AppError('not_found', { message: 'The app has no such run.' })

export const accountIdsOf = (rows: readonly ShownRun[]): readonly string[] => [...new Set(rows.flatMap((row) => row.from_account_id ?? []))]

/** What started a run, in a word. */
function originOf({ triggered_from: from, invoke_from: door }: ShownRun): RunOrigin {
  if (from === 'webhook' || from === 'schedule') return from
  if (from === 'debugging' || from === 'single-step') return 'draft'
  return door === 'service-api' ? 'api' : 'page'
}

export const presentShown = (row: ShownRun, accounts: AccountReferences) => ({
  ...presentRun(row),
  version: row.version ?? '',
  exceptions_count: row.exceptions_count ?? 0,
  started_from: originOf(row),
  created_by_account: accounts.get(row.from_account_id ?? '') ?? null,
})

export const presentStarter = (row: ShownRun, accounts: AccountReferences) => ({
  created_by_role: row.from_end_user_id === null ? ('account' as const) : ('end_user' as const),
  created_by_account: accounts.get(row.from_account_id ?? '') ?? null,
  created_by_end_user: presentEndUser(row),
})
