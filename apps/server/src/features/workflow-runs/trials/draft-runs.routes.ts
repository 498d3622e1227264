import { AppError, type RunEvent, consoleDraftRunRoutes as routes } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { AccountActor } from '../../../http/actor.ts'
import { handled, type Mount } from '../../../http/mount.ts'
import { listConversationVariables, presentConversationVariable } from '../../conversations/index.ts'
import { followChannel } from '../../runs/index.ts'
import { isWorkflowMode } from '../../workflows/index.ts'
import type { WorkflowRouteDependencies } from '../answer-run.ts'
import type { Chatflows } from '../chatflows.service.ts'
import { foldNodes, type ToldNode } from '../node-runs.ts'
import { respondWithWorkflow } from '../respond.ts'
import type { AccountReferences } from '../shown-runs.ts'
import {
  answerMessageFromNode,
  answerTrialMessage,
  type NodeCall,
  startNode,
  type TrialAnswerDependencies,
  toCreator,
} from './answer-trial.ts'
import { findLastNodeRun } from './draft-node-runs.repository.ts'

export interface DraftRunRouteDependencies extends TrialAnswerDependencies, Pick<WorkflowRouteDependencies, 'db' | 'workflows'> {
  readonly chatflows: Chatflows
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
  readonly accountsOf: (accountIds: readonly string[]) => Promise<AccountReferences>
}

/** Runs of single nodes of a draft. */
export function mountDraftRunRoutes(mount: Mount, dependencies: DraftRunRouteDependencies): void {
  const { db, respond, accountsOf, workflows } = dependencies
  const getApp = async ({ tenantId }: AccountActor, { app_id: appId }: { readonly app_id: string }): Promise<AppsTable> => {
    const app = await dependencies.getApp(tenantId, appId)
    if (!isWorkflowMode(app.mode)) throw new AppError('app_not_found')
    return app
  }
  mount(routes.runChatflowDraft).to(async ({ actor, params, body, request, reply }) => {
    const app = await getApp(actor, params)
    if (app.mode !== 'advanced-chat') throw new AppError('app_not_found', { message: 'Only chatflows are tried with messages.' })
    const { start_node_id: nodeId, ...message } = body
    const call = { app, actor, body: message, request, reply }
    await (nodeId === undefined
      ? answerTrialMessage(dependencies, { ...call, workflow: await workflows.getDraft(app) })
      : answerMessageFromNode(dependencies, { ...call, nodeId }))
    return handled
  })
  mount(routes.runDraftNode).to(async ({ actor, params, body }) => {
    const app = await getApp(actor, params)
    return runDraftNode(dependencies, { app, actor, nodeId: params.node_id, body })
  })
  mount(routes.getLastNodeRun).to(async ({ actor, params }) => {
    const app = await getApp(actor, params)
    const last = await findLastNodeRun(db, app.tenant_id, { appId: app.id, nodeId: params.node_id })
    if (!last) throw new AppError('not_found', { message: 'This node has not been run yet.' })
    return withStarter(last.node, last.accountId, await accountsOf([last.accountId]))
  })
  mount(routes.listVariablesOfConversation).to(async ({ actor, params, query }) => {
    const app = await getApp(actor, params)
    const all = await listConversationVariables(db, app.tenant_id, query.conversation_id)
    const data = all.filter((row) => row.app_id === app.id).map(presentConversationVariable)
    return { page: 1, limit: 100, total: data.length, has_more: false, data }
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
      const started = await startNode(dependencies, { app, actor, nodeId: params.node_id, body: { ...body, files: [] }, type })
      await respondWithWorkflow(respond, { started, createdBy: toCreator(actor), mode: 'streaming', detail: 'shortened', request, reply })
      return handled
    })
  }
}

/** Runs one node of a draft to its end. */
export async function runDraftNode(
  { accountsOf, ...dependencies }: Pick<DraftRunRouteDependencies, 'accountsOf'> & TrialAnswerDependencies,
  call: NodeCall,
) {
  const { channel } = await startNode(dependencies, call)
  const node = await awaitNode(followChannel(dependencies.respond, channel, undefined, new AbortController().signal), call.nodeId)
  return withStarter(node, call.actor.accountId, await accountsOf([call.actor.accountId]))
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
