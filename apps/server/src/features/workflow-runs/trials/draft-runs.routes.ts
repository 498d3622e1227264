import { AppError, type RunEvent, consoleDraftRunRoutes as routes } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { Dict, Value } from '@trellis/values'
import type { AccountActor } from '../../../http/actor.ts'
import { handled, type Mount } from '../../../http/mount.ts'
import { followChannel } from '../../runs/index.ts'
import { isWorkflowMode } from '../../workflows/index.ts'
import type { WorkflowRouteDependencies } from '../answer-run.ts'
import type { AccountReferences } from '../console.routes.ts'
import { systemFiles } from '../input-files.ts'
import { foldNodes, type ToldNode } from '../node-runs.ts'
import { respondWithWorkflow } from '../respond.ts'
import type { StartedWorkflow } from '../workflow-runs.service.ts'
import { findLastNodeRun } from './draft-node-runs.repository.ts'
import type { TrialKind, Trials } from './trials.service.ts'
import { onlyNode } from './trim-graph.ts'

export interface DraftRunRouteDependencies extends Pick<WorkflowRouteDependencies, 'db' | 'appRuns' | 'respond' | 'inputFiles'> {
  readonly trials: Trials
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
  readonly accountsOf: (accountIds: readonly string[]) => Promise<AccountReferences>
}

/** Runs of single nodes of a draft. */
export function mountDraftRunRoutes(mount: Mount, dependencies: DraftRunRouteDependencies): void {
  const { db, respond, accountsOf } = dependencies
  const getApp = async ({ tenantId }: AccountActor, { app_id: appId }: { readonly app_id: string }): Promise<AppsTable> => {
    const app = await dependencies.getApp(tenantId, appId)
    if (!isWorkflowMode(app.mode)) throw new AppError('app_not_found')
    return app
  }
  mount(routes.runDraftNode).to(async ({ actor, params, body }) => {
    const app = await getApp(actor, params)
    const started = await startNode(dependencies, { app, actor, nodeId: params.node_id, body, how: { triggeredFrom: 'single-step' } })
    const node = await awaitNode(followChannel(respond, started.channel, undefined, new AbortController().signal), params.node_id)
    return withStarter(node, actor.accountId, await accountsOf([actor.accountId]))
  })
  mount(routes.getLastNodeRun).to(async ({ actor, params }) => {
    const app = await getApp(actor, params)
    const last = await findLastNodeRun(db, app.tenant_id, { appId: app.id, nodeId: params.node_id })
    if (!last) throw new AppError('not_found', { message: 'This node has not been run yet.' })
    return withStarter(last.node, last.accountId, await accountsOf([last.accountId]))
  })
  const containers = [
    [routes.runDraftIteration, 'iteration'],
    [routes.runDraftLoop, 'loop'],
    [routes.runChatflowDraftIteration, 'iteration'],
    [routes.runChatflowDraftLoop, 'loop'],
  ] as const
  for (const [route, type] of containers) {
    mount(route).to(async ({ actor, params, body, request, reply }) => {
      const app = await getApp(actor, params)
      const how: TrialKind = { triggeredFrom: 'single-step', type }
      const started = await startNode(dependencies, { app, actor, nodeId: params.node_id, body: { ...body, files: [] }, how })
      await respondWithWorkflow(respond, { started, createdBy: toCreator(actor), mode: 'streaming', detail: 'full', request, reply })
      return handled
    })
  }
}

interface NodeCall {
  readonly app: AppsTable
  readonly actor: AccountActor
  readonly nodeId: string
  readonly body: {
    readonly inputs: Readonly<Record<string, unknown>>
    readonly query?: string | null | undefined
    readonly files: readonly object[]
  }
  readonly how: TrialKind
}

function startNode(
  { appRuns, trials, inputFiles }: DraftRunRouteDependencies,
  { app, actor: { accountId }, nodeId, body, how }: NodeCall,
): Promise<StartedWorkflow> {
  const resolveFiles = inputFiles({ tenantId: app.tenant_id, endUserId: null, accountId })
  return appRuns.startWithin(app, async () => {
    const files = body.files.length > 0 ? await resolveFiles(body.files as readonly Dict[], systemFiles) : undefined // as its contract says
    // The body was read as JSON.
    const inputs = body.inputs as Readonly<Record<string, Value>>
    return trials.start({ app, accountId, nodeId, trim: onlyNode, inputs, query: body.query ?? undefined, files, resolveFiles }, how)
  })
}

/** What became of the node that a run is of. */
async function awaitNode(batches: AsyncIterable<{ readonly events: readonly RunEvent[] }>, nodeId: string): Promise<ToldNode> {
  const events: RunEvent[] = []
  for await (const batch of batches) events.push(...batch.events)
  const node = foldNodes(events, 'failed').find((candidate) => candidate.node_id === nodeId)
  if (node) return node
  throw new AppError('run_interrupted')
}

const withStarter = (node: ToldNode, accountId: string, accounts: AccountReferences) => ({
  ...node,
  created_by_role: 'account' as const,
  created_by_account: accounts.get(accountId) ?? null,
  created_by_end_user: null,
})

const toCreator = ({ accountId, name, email }: AccountActor) => ({ id: accountId, name, email })
