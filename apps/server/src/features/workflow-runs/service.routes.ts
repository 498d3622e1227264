import { AppError, serviceWorkflowRoutes as routes } from '@trellis/contracts'
import type { AppsTable, Db, EndUsersTable } from '@trellis/db'
import { type Dict, dumpJson, type Value } from '@trellis/values'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppKeyActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import type { AppRuns, RespondDependencies } from '../app-runs/index.ts'
import type { EndUsers } from '../end-users/index.ts'
import { findRunById, type RunRow } from '../runs/index.ts'
import type { RunnableWorkflow, RunnableWorkflows } from '../workflows/index.ts'
import type { createInputFiles } from './input-files.ts'
import { elapsedSeconds, inputsOf, outputsOf, presentRun } from './present-runs.ts'
import { respondWithWorkflow, respondWithWorkflowRun } from './respond.ts'
import { countRuns, listRuns, type RunFilter } from './runs-of-apps.repository.ts'
import type { WorkflowRuns } from './workflow-runs.service.ts'

export interface WorkflowRouteDependencies {
  readonly db: Db
  readonly appRuns: AppRuns
  readonly runs: WorkflowRuns
  readonly workflows: RunnableWorkflows
  readonly respond: RespondDependencies
  readonly endUsers: EndUsers
  readonly inputFiles: ReturnType<typeof createInputFiles>
}

/** `/v1`: workflows by app key, in the name of an end user. */
export function mountServiceWorkflowRoutes(mount: Mount, dependencies: WorkflowRouteDependencies): void {
  const { appRuns, workflows, endUsers } = dependencies
  const endUserOf = ({ app, tenantId }: AppKeyActor, user: string): Promise<EndUsersTable> =>
    endUsers.findOrCreate({ tenantId, appId: app.id }, user, 'service_api')
  mount(routes.runWorkflow).to(async ({ actor, body, request, reply }) => {
    assertWorkflow(actor.app)
    const [endUser, workflow] = await Promise.all([endUserOf(actor, body.user), workflows.getPublished(actor.app)])
    return run(dependencies, { app: actor.app, workflow, endUser, body, request, reply })
  })
  mount(routes.runWorkflowVersion).to(async ({ actor, params, body, request, reply }) => {
    assertWorkflow(actor.app)
    const workflow = await workflows.getVersion(actor.app, params.workflow_id)
    const endUser = await endUserOf(actor, body.user)
    return run(dependencies, { app: actor.app, workflow, endUser, body, request, reply })
  })
  mount(routes.stopWorkflow).to(async ({ actor, params, body }) => {
    assertWorkflow(actor.app)
    const endUser = await endUserOf(actor, body.user)
    await appRuns.stop(actor.app, params.task_id, { endUserId: endUser.id, accountId: null })
    return { result: 'success' }
  })
  mountReading(mount, dependencies, endUserOf)
}

interface RunCall {
  readonly app: AppsTable
  readonly workflow: RunnableWorkflow
  readonly endUser: EndUsersTable
  readonly body: {
    readonly inputs: Readonly<Record<string, unknown>>
    readonly files: readonly object[]
    readonly response_mode: 'blocking' | 'streaming'
  }
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

async function run({ appRuns, runs, respond, inputFiles }: WorkflowRouteDependencies, call: RunCall) {
  const { app, workflow, endUser, body } = call
  const resolveFiles = inputFiles({ tenantId: app.tenant_id, endUserId: endUser.id, accountId: null })
  const started = await appRuns.startWithin(app, async () =>
    runs.start({
      app,
      workflow,
      // The body was read as JSON.
      inputs: body.inputs as Readonly<Record<string, Value>>,
      files: await resolveFiles(body.files as readonly Dict[], systemFiles), // as its contract says
      invokeFrom: 'service-api',
      triggeredFrom: 'app-run',
      endUserId: endUser.id,
      accountId: null,
      userName: endUser.session_id,
      resolveFiles,
    }),
  )
  const createdBy = { id: endUser.id, user: endUser.session_id }
  return respondWithWorkflow(respond, {
    started,
    createdBy,
    mode: body.response_mode,
    detail: 'full',
    request: call.request,
    reply: call.reply,
  })
}

/** `sys.files` is a list of files without a form of its own. */
const systemFiles = {
  name: 'files',
  type: 'file-list',
  isRequired: false,
  fallback: null,
  maxLength: undefined,
  options: [],
  data: {},
} as const

function assertWorkflow(app: AppsTable): void {
  if (app.mode !== 'workflow') throw new AppError('not_workflow_app')
}

function mountReading(
  mount: Mount,
  { db, respond }: WorkflowRouteDependencies,
  endUserOf: (actor: AppKeyActor, user: string) => Promise<EndUsersTable>,
): void {
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
    const createdBy = { id: endUser.id, user: endUser.session_id }
    return respondWithWorkflowRun(respond, { run: found, createdBy, detail: 'full', request, reply })
  })
}

const statusesOf = { succeeded: ['succeeded', 'partial-succeeded'], failed: ['failed', 'interrupted'], stopped: ['stopped'] } as const

interface LogQuery {
  readonly keyword?: string | undefined
  readonly status?: keyof typeof statusesOf | undefined
  readonly created_at__before?: string | undefined
  readonly created_at__after?: string | undefined
  readonly created_by_end_user_session_id?: string | undefined
  readonly created_by_account?: string | undefined
}

const toFilter = (appId: string, query: LogQuery): RunFilter => ({
  appId,
  statuses: query.status ? statusesOf[query.status] : [],
  keyword: query.keyword || undefined,
  beforeMs: query.created_at__before ? Date.parse(query.created_at__before) : undefined,
  afterMs: query.created_at__after ? Date.parse(query.created_at__after) : undefined,
  sessionId: query.created_by_end_user_session_id || undefined,
  accountId: query.created_by_account || undefined,
})

function presentLog(row: Awaited<ReturnType<typeof listRuns>>[number]) {
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
    created_from: row.invoke_from,
    created_by_role: row.from_end_user_id === null ? ('account' as const) : ('end_user' as const),
    created_by_end_user:
      row.from_end_user_id === null
        ? null
        : {
            id: row.from_end_user_id,
            type: row.end_user_type ?? 'service_api',
            is_anonymous: row.is_anonymous === 1,
            session_id: row.session_id,
          },
    created_at: run.created_at,
  }
}
