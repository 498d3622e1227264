import { AppError, serviceWorkflowRoutes as routes } from '@trellis/contracts'
import type { AppsTable, EndUsersTable } from '@trellis/db'
import { dumpJson } from '@trellis/values'
import type { AppKeyActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { findRunById, type RunRow } from '../runs/index.ts'
import { answerWithRun, type RunSurface, type WorkflowRouteDependencies } from './answer-run.ts'
import { followEvents } from './follow-events.ts'
import { inputsOf, outputsOf, presentRun } from './present-runs.ts'
import { presentLog, toFilter } from './run-logs.ts'
import { countRuns, listRuns } from './runs-of-apps.repository.ts'

/** `/v1`: workflows by app key, in the name of an end user. */
export function mountServiceWorkflowRoutes(mount: Mount, dependencies: WorkflowRouteDependencies): void {
  const { appRuns, workflows, endUsers } = dependencies
  const endUserOf = ({ app, tenantId }: AppKeyActor, user: string): Promise<EndUsersTable> =>
    endUsers.findOrCreate({ tenantId, appId: app.id }, user, 'service_api')
  mount(routes.runWorkflow).to(async ({ actor, body, request, reply }) => {
    assertWorkflow(actor.app)
    const [endUser, workflow] = await Promise.all([endUserOf(actor, body.user), workflows.getPublished(actor.app)])
    return answerWithRun(dependencies, {
      app: actor.app,
      workflow,
      surface: surfaceOf(endUser, actor.keyId),
      body,
      mode: body.response_mode,
      request,
      reply,
    })
  })
  mount(routes.runWorkflowVersion).to(async ({ actor, params, body, request, reply }) => {
    assertWorkflow(actor.app)
    const workflow = await workflows.getVersion(actor.app, params.workflow_id)
    const endUser = await endUserOf(actor, body.user)
    return answerWithRun(dependencies, {
      app: actor.app,
      workflow,
      surface: surfaceOf(endUser, actor.keyId),
      body,
      mode: body.response_mode,
      request,
      reply,
    })
  })
  mount(routes.stopWorkflow).to(async ({ actor, params, body }) => {
    assertWorkflow(actor.app)
    const endUser = await endUserOf(actor, body.user)
    await appRuns.stop(actor.app, params.task_id, { endUserId: endUser.id, accountId: null })
    return { result: 'success' }
  })
  mountReading(mount, dependencies, endUserOf)
}

const surfaceOf = (endUser: EndUsersTable, apiKeyId: string): RunSurface => ({
  invokeFrom: 'service-api',
  triggeredFrom: 'app-run',
  asker: { endUserId: endUser.id, accountId: null, apiKeyId },
  userName: endUser.session_id,
  createdBy: { id: endUser.id, user: endUser.session_id },
  detail: 'full',
})

function assertWorkflow(app: AppsTable): void {
  if (app.mode !== 'workflow') throw new AppError('not_workflow_app')
}

function mountReading(
  mount: Mount,
  dependencies: WorkflowRouteDependencies,
  endUserOf: (actor: AppKeyActor, user: string) => Promise<EndUsersTable>,
): void {
  const { db } = dependencies
  const findRun = async (app: AppsTable, runId: string): Promise<RunRow> => {
    if (app.mode !== 'workflow' && app.mode !== 'advanced-chat') throw new AppError('not_workflow_app')
    const found = await findRunById(db, runId)
    if (!found || found.app_id !== app.id || found.workflow_id === null)
      throw new AppError('not_found', { message: 'The app has no such run.' })
    return found
  }
  mount(routes.getWorkflowRun).to(async ({ actor, params }) => {
    const found = await findRun(actor.app, params.workflow_run_id)
    return { ...presentRun(found), workflow_id: found.workflow_id ?? '', inputs: dumpJson(inputsOf(found)), outputs: outputsOf(found) }
  })
  mount(routes.listWorkflowLogs).to(async ({ actor, query }) => {
    const filter = toFilter(actor.app.id, query)
    const offset = (query.page - 1) * query.limit
    const [rows, total] = await Promise.all([listRuns(db, filter, { offset, limit: query.limit }), countRuns(db, filter)])
    return { page: query.page, limit: query.limit, total, has_more: offset + rows.length < total, data: rows.map((row) => presentLog(row)) }
  })
  mount(routes.resumeWorkflowEvents).to(async ({ actor, params, query, request, reply }) => {
    const [found, endUser] = await Promise.all([findRun(actor.app, params.workflow_run_id), endUserOf(actor, query.user)])
    if (found.from_end_user_id !== endUser.id) throw new AppError('not_found', { message: 'The app has no such run.' })
    const { createdBy, detail } = surfaceOf(endUser, actor.keyId)
    return followEvents(dependencies, { app: actor.app, run: found, createdBy, detail, query, request, reply })
  })
}
