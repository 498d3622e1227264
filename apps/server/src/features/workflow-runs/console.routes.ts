import { AppError, consoleWorkflowRunRoutes as routes } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { AccountActor } from '../../http/actor.ts'
import { handled, type Mount } from '../../http/mount.ts'
import { requestOrigin } from '../../http/request-origin.ts'
import { traceForms } from '../human-input/index.ts'
import { findRunById, listRunEvents } from '../runs/index.ts'
import type { RunnableWorkflows } from '../workflows/index.ts'
import { answerWithRun, type RunSurface, type WorkflowRouteDependencies } from './answer-run.ts'
import { followEvents } from './follow-events.ts'
import { type ToldNode, toNodeRuns } from './node-runs.ts'
import { inputsOf, keptGraphOf, outputsOf } from './present-runs.ts'
import { mountRunLists } from './run-lists.routes.ts'
import { findShownRun } from './runs-of-apps.repository.ts'
import { type AccountReferences, accountIdsOf, getGraphApp, noSuchRun, presentShown, presentStarter, refusal } from './shown-runs.ts'
import { readBeginning } from './stored-beginning.ts'
import { answerFromNode } from './trials/answer-trial.ts'
import type { Trials } from './trials/trials.service.ts'

export interface ConsoleWorkflowRunDependencies extends WorkflowRouteDependencies {
  readonly clock: Clock
  readonly trials: Trials
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
  /** Of the published pages; undefined: where the request went. */
  readonly appWebUrl: string | undefined
  readonly accountsOf: (accountIds: readonly string[]) => Promise<AccountReferences>
}

/** Trial runs are the editor's own. */
export const surfaceOfEditor = ({ accountId, name, email }: AccountActor): RunSurface => ({
  invokeFrom: 'debugger',
  triggeredFrom: 'debugging',
  asker: { endUserId: null, accountId, apiKeyId: null },
  userName: accountId,
  createdBy: { id: accountId, name, email },
  detail: 'shortened',
})

/** `/console/api`: trial runs of the draft, and everybody's runs to look at. */
export function mountConsoleWorkflowRoutes(mount: Mount, dependencies: ConsoleWorkflowRunDependencies): void {
  const { db, appRuns, workflows } = dependencies
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
  mount(routes.followWorkflowRun).to(async ({ actor, params, query, request, reply }) => {
    const run = await findRunById(db, params.run_id)
    const isOwn = run?.workflow_id && run.tenant_id === actor.tenantId && run.from_account_id === actor.accountId
    if (!isOwn) throw new AppError('not_found', { message: 'There is no such run of yours.' })
    const { createdBy, detail } = surfaceOfEditor(actor)
    const app = await dependencies.getApp(actor.tenantId, run.app_id)
    return followEvents(dependencies, { app, run, createdBy, detail, query, request, reply })
  })
  mountRunLists(mount, dependencies)
  mountRun(mount, dependencies)
}

function mountRun(mount: Mount, dependencies: ConsoleWorkflowRunDependencies): void {
  const { db, workflows, accountsOf, appWebUrl } = dependencies
  const getRun = async (actor: AccountActor, params: { readonly app_id: string; readonly run_id: string }) => {
    const app = await getGraphApp(dependencies.getApp, actor.tenantId, params.app_id)
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
      retry_of: readBeginning(run)?.retryOf ?? null,
      ...presentStarter(run, accounts),
    }
  })
  mount(routes.listNodeExecutions).to(async ({ actor, params, request }) => {
    const { run } = await getRun(actor, params)
    const [journal, accounts] = await Promise.all([listRunEvents(db, run.id, 0), accountsOf(accountIdsOf([run]))])
    const starter = presentStarter(run, accounts)
    const nodes = await withForms(db, run.id, { nodes: toNodeRuns(journal, run), baseUrl: appWebUrl ?? requestOrigin(request) })
    return { data: nodes.map((node) => ({ ...node, ...starter })) }
  })
}

/** Who was asked by the nodes that ask people, and what came of it. */
async function withForms(
  db: Db,
  runId: string,
  { nodes, baseUrl }: { readonly nodes: readonly ToldNode[]; readonly baseUrl: string },
): Promise<readonly ToldNode[]> {
  if (!nodes.some(({ node_type: type }) => type === 'human-input')) return nodes
  const forms = await traceForms(db, runId, baseUrl)
  return nodes.map((node) => {
    const form = forms.get(node.id)
    return form ? { ...node, process_data: { ...node.process_data, ...form } } : node
  })
}

/** The graph of a published version; null where that version is gone. */
async function findGraph(workflows: RunnableWorkflows, app: AppsTable, workflowId: string) {
  try {
    return (await workflows.getVersion(app, workflowId)).graph
  } catch (error) {
    if (AppError.is(error)) return null
    throw error
  }
}
