import { AppError, webWorkflowRoutes as routes } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { PassportActor } from '../../http/actor.ts'
import { handled, type Mount } from '../../http/mount.ts'
import { readAsk } from '../app-runs/index.ts'
import { findRunById } from '../runs/index.ts'
import { answerWithRun, type RunSurface, type WorkflowRouteDependencies } from './answer-run.ts'
import { followEvents } from './follow-events.ts'

const surfaceOf = ({ endUser }: PassportActor): RunSurface => ({
  invokeFrom: 'web-app',
  triggeredFrom: 'app-run',
  asker: { endUserId: endUser.id, accountId: null, apiKeyId: null },
  userName: endUser.session_id,
  createdBy: { id: endUser.id, user: endUser.session_id },
  detail: 'simple',
})

/** `/api`: workflows by visitors of a published page. */
export function mountWebWorkflowRoutes(mount: Mount, dependencies: WorkflowRouteDependencies): void {
  const { db, appRuns, workflows } = dependencies
  mount(routes.runWebWorkflow).to(async ({ actor, body, request, reply }) => {
    assertWorkflow(actor.app)
    const workflow = await workflows.getPublished(actor.app)
    const surface = surfaceOf(actor)
    const ask = readAsk(request, actor)
    await answerWithRun(dependencies, { app: actor.app, workflow, surface, body, mode: 'streaming', ask, request, reply })
    return handled
  })
  mount(routes.stopWebWorkflow).to(async ({ actor, params }) => {
    assertWorkflow(actor.app)
    await appRuns.stop(actor.app, params.task_id, { endUserId: actor.endUser.id, accountId: null })
    return { result: 'success' }
  })
  mount(routes.resumeWebWorkflowEvents).to(async ({ actor, params, query, request, reply }) => {
    const run = await findRunById(db, params.run_id)
    const isOwn = run?.workflow_id && run.app_id === actor.app.id && run.from_end_user_id === actor.endUser.id
    if (!isOwn) throw new AppError('not_found', { message: 'There is no such run of yours.' })
    const { createdBy, detail } = surfaceOf(actor)
    return followEvents(dependencies, { app: actor.app, run, createdBy, detail, query, request, reply })
  })
}

function assertWorkflow(app: AppsTable): void {
  if (app.mode !== 'workflow') throw new AppError('not_workflow_app')
}
