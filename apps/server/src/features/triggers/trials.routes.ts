import { consoleTriggerRoutes as routes } from '@trellis/contracts'
import type { AccountActor } from '../../http/actor.ts'
import { Answer, type Mount } from '../../http/mount.ts'
import type { Apps } from '../apps/index.ts'
import type { DraftEventRuns } from '../workflow-runs/index.ts'
import type { RunnableWorkflows } from '../workflows/index.ts'
import type { TriggerEvent } from './trial-events.ts'
import type { TrialRequest, TriggerTrials } from './trials.service.ts'
import { TriggerConfigError } from './trigger-config-error.ts'
import { getTriggeredApp } from './triggers.service.ts'

export interface TrialRouteDependencies {
  readonly apps: Pick<Apps, 'getApp'>
  readonly workflows: Pick<RunnableWorkflows, 'getDraft'>
  readonly trials: TriggerTrials
  readonly draftRuns: DraftEventRuns
}

/** How long to wait before asking again, as Dify says it. */
const waiting = { status: 'waiting' as const, retry_in: 2000 }

/** `/console/api`: trials of a draft that an event begins. */
export function mountTrialRoutes(mount: Mount, { apps, workflows, trials, draftRuns }: TrialRouteDependencies): void {
  const findEvent = async (actor: AccountActor, appId: string, wanted: Pick<TrialRequest, 'nodeIds' | 'awaitsTime'>) => {
    const app = await getTriggeredApp(apps, actor.tenantId, appId)
    const workflow = await workflows.getDraft(app)
    return { app, workflow, found: await trials.findEvent({ app, workflow, ...wanted }).catch(toFault) }
  }
  mount(routes.runDraftByTrigger).to(async ({ actor, params, body, request, reply }) => {
    const { found, ...draft } = await findEvent(actor, params.app_id, { nodeIds: [body.node_id], awaitsTime: false })
    if (!found) return waiting
    return found instanceof Answer ? found : draftRuns.answer({ ...draft, actor, root: toRoot(found), request, reply })
  })
  mount(routes.runDraftByTriggers).to(async ({ actor, params, body, request, reply }) => {
    const { found, ...draft } = await findEvent(actor, params.app_id, { nodeIds: body.node_ids, awaitsTime: true })
    if (!found) return waiting
    return found instanceof Answer ? found : draftRuns.answer({ ...draft, actor, root: toRoot(found), request, reply })
  })
  mount(routes.runDraftTriggerNode).to(async ({ actor, params }) => {
    const { found, app } = await findEvent(actor, params.app_id, { nodeIds: [params.node_id], awaitsTime: false })
    if (!found) return waiting
    return found instanceof Answer ? found : draftRuns.runNode({ app, actor, root: toRoot(found) })
  })
}

const toRoot = ({ nodeId, event }: { readonly nodeId: string; readonly event: TriggerEvent }) => ({
  id: nodeId,
  event,
})

function toFault(error: unknown) {
  if (!(error instanceof TriggerConfigError)) throw error
  const { message, refusal } = error
  return new Answer(400, { status: 'error' as const, error: message, ...(refusal && { details: refusal }) })
}
