import { AppError, consoleWorkflowRunRoutes as routes } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { AccountActor } from '../../http/actor.ts'
import { handled, type Mount } from '../../http/mount.ts'
import { findRunById, listRunEvents } from '../runs/index.ts'
import { isWorkflowMode, type RunnableWorkflows } from '../workflows/index.ts'
import { answerWithRun, type RunSurface, type WorkflowRouteDependencies } from './answer-run.ts'
import { toNodeRuns } from './node-runs.ts'
import { inputsOf, keptGraphOf, outputsOf, presentRun } from './present-runs.ts'
import { respondWithWorkflowRun } from './respond.ts'
import { presentEndUser, presentLog, toFilter, toStatuses } from './run-logs.ts'
import { countRuns, findShownRun, listRuns, listRunsAfter, type ShownRun } from './runs-of-apps.repository.ts'
import { answerFromNode } from './trials/answer-trial.ts'
import type { Trials } from './trials/trials.service.ts'

export type AccountReferences = ReadonlyMap<string, { readonly id: string; readonly name: string; readonly email: string }>

export interface ConsoleWorkflowRunDependencies extends WorkflowRouteDependencies {
  readonly trials: Trials
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
  readonly accountsOf: (accountIds: readonly string[]) => Promise<AccountReferences>
}

/** Trial runs are the editor's own. */
export const surfaceOfEditor = ({ accountId, name, email }: AccountActor): RunSurface => ({
  invokeFrom: 'debugger',
  triggeredFrom: 'debugging',
  endUserId: null,
  accountId,
  userName: accountId,
  createdBy: { id: accountId, name, email },
  detail: 'full',
})

/** `/console/api`: trial runs of the draft, and everybody's runs to look at. */
export function mountConsoleWorkflowRoutes(mount: Mount, dependencies: ConsoleWorkflowRunDependencies): void {
  const { db, appRuns, workflows, respond } = dependencies
  mount(routes.runWorkflowDraft).to(async ({ actor, params, body, request, reply }) => {
    const app = await dependencies.getApp(actor.tenantId, params.app_id)
    if (app.mode !== 'workflow') throw refusal(app)
    if (body.start_node_id !== undefined) {
      await answerFromNode(dependencies, { app, actor, nodeId: body.start_node_id, body, request, reply })
      return handled
    }
    const workflow = await workflows.getDraft(app)
    await answerWithRun(dependencies, { app, workflow, surface: surfaceOfEditor(actor), body, mode: 'streaming', request, reply })
    return handled
  })
  mount(routes.stopWorkflowRun).to(async ({ actor, params }) => {
    const app = await dependencies.getApp(actor.tenantId, params.app_id)
    await appRuns.stop(app, params.task_id, { endUserId: null, accountId: actor.accountId })
    return { result: 'success' }
  })
  mount(routes.followWorkflowRun).to(async ({ actor, params, request, reply }) => {
    const run = await findRunById(db, params.run_id)
    const isOwn = run?.kind === 'workflow' && run.tenant_id === actor.tenantId && run.from_account_id === actor.accountId
    if (!isOwn) throw new AppError('not_found', { message: 'There is no such run of yours.' })
    const { createdBy, detail } = surfaceOfEditor(actor)
    return respondWithWorkflowRun(respond, { run, createdBy, detail, request, reply })
  })
  mountLists(mount, dependencies)
  mountRun(mount, dependencies)
}

const refusal = (app: AppsTable): AppError =>
  new AppError('app_not_found', { message: `This app is of the mode "${app.mode}", which does not run so.` })

async function getGraphApp({ getApp }: ConsoleWorkflowRunDependencies, tenantId: string, appId: string): Promise<AppsTable> {
  const app = await getApp(tenantId, appId)
  if (!isWorkflowMode(app.mode)) throw refusal(app)
  return app
}

function mountLists(mount: Mount, dependencies: ConsoleWorkflowRunDependencies): void {
  const { db, accountsOf } = dependencies
  mount(routes.listWorkflowRuns).to(async ({ actor, params, query }) => {
    const app = await getGraphApp(dependencies, actor.tenantId, params.app_id)
    const last = query.last_id === undefined ? undefined : await findRunById(db, query.last_id)
    if (query.last_id !== undefined && last?.app_id !== app.id) throw noSuchRun()
    const filter = { appId: app.id, statuses: toStatuses(query.status), triggeredFrom: query.triggered_from }
    const rows = await listRunsAfter(db, filter, { last, limit: query.limit + 1 })
    const shown = rows.slice(0, query.limit)
    const accounts = await accountsOf(accountIdsOf(shown))
    return {
      limit: query.limit,
      has_more: rows.length > query.limit,
      data: shown.map((row) => ({ ...presentShown(row, accounts), conversation_id: row.conversation_id, message_id: row.message_id })),
    }
  })
  mount(routes.listWorkflowAppLogs).to(async ({ actor, params, query }) => {
    const app = await getGraphApp(dependencies, actor.tenantId, params.app_id)
    const filter = toFilter(app.id, query)
    const offset = (query.page - 1) * query.limit
    const [rows, total] = await Promise.all([listRuns(db, filter, { offset, limit: query.limit }), countRuns(db, filter)])
    const accounts = await accountsOf(accountIdsOf(rows))
    const data = rows.map((row) => presentLog(row, { accounts, isDetailed: query.detail ?? false }))
    return { page: query.page, limit: query.limit, total, has_more: offset + rows.length < total, data }
  })
}

function mountRun(mount: Mount, dependencies: ConsoleWorkflowRunDependencies): void {
  const { db, workflows, accountsOf } = dependencies
  const getRun = async (actor: AccountActor, params: { readonly app_id: string; readonly run_id: string }) => {
    const app = await getGraphApp(dependencies, actor.tenantId, params.app_id)
    const run = await findShownRun(db, params.run_id)
    if (run?.app_id !== app.id || run.workflow_id === null) throw noSuchRun()
    return { app, run }
  }
  mount(routes.getConsoleWorkflowRun).to(async ({ actor, params }) => {
    const { app, run } = await getRun(actor, params)
    const accounts = await accountsOf(accountIdsOf([run]))
    return {
      ...presentShown(run, accounts),
      graph: keptGraphOf(run) ?? (await findGraph(workflows, app, run.workflow_id ?? '')),
      inputs: inputsOf(run),
      outputs: outputsOf(run),
      error: run.error,
      ...presentStarter(run, accounts),
    }
  })
  mount(routes.listNodeExecutions).to(async ({ actor, params }) => {
    const { run } = await getRun(actor, params)
    const [journal, accounts] = await Promise.all([listRunEvents(db, run.id, 0), accountsOf(accountIdsOf([run]))])
    const starter = presentStarter(run, accounts)
    return { data: toNodeRuns(journal, run).map((node) => ({ ...node, ...starter })) }
  })
}

const noSuchRun = (): AppError => new AppError('not_found', { message: 'The app has no such run.' })

/** The graph of a published version; null where that version is gone. */
async function findGraph(workflows: RunnableWorkflows, app: AppsTable, workflowId: string) {
  try {
    return (await workflows.getVersion(app, workflowId)).graph
  } catch (error) {
    if (AppError.is(error)) return null
    throw error
  }
}

const accountIdsOf = (rows: readonly ShownRun[]): readonly string[] => [...new Set(rows.flatMap((row) => row.from_account_id ?? []))]

const presentShown = (row: ShownRun, accounts: AccountReferences) => ({
  ...presentRun(row),
  version: row.version ?? '',
  exceptions_count: row.exceptions_count ?? 0,
  created_by_account: accounts.get(row.from_account_id ?? '') ?? null,
})

const presentStarter = (row: ShownRun, accounts: AccountReferences) => ({
  created_by_role: row.from_end_user_id === null ? ('account' as const) : ('end_user' as const),
  created_by_account: accounts.get(row.from_account_id ?? '') ?? null,
  created_by_end_user: presentEndUser(row),
})
