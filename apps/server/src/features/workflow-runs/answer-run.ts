import type { ResponseMode } from '@trellis/contracts'
import type { AppsTable, Db, InvokeFrom } from '@trellis/db'
import type { Dict, Value } from '@trellis/values'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WorkflowEnvelope } from '../../http/compat/workflow-frames.ts'
import type { AppRuns, ChatflowDoor, RespondDependencies } from '../app-runs/index.ts'
import type { EndUsers } from '../end-users/index.ts'
import type { Ask } from '../runs/index.ts'
import type { RunnableWorkflow, RunnableWorkflows } from '../workflows/index.ts'
import { type createInputFiles, systemFiles } from './input-files.ts'
import { respondWithWorkflow, respondWithWorkflowRun } from './respond.ts'
import type { WorkflowRunRequest, WorkflowRuns } from './workflow-runs.service.ts'

export interface WorkflowRouteDependencies {
  readonly db: Db
  readonly appRuns: AppRuns
  readonly runs: WorkflowRuns
  readonly workflows: RunnableWorkflows
  readonly respond: RespondDependencies
  readonly endUsers: EndUsers
  readonly chatflows: ChatflowDoor
  readonly inputFiles: ReturnType<typeof createInputFiles>
}

/** Who starts a run, from where, and how much of it they are told. */
export interface RunSurface extends Pick<WorkflowRunRequest, 'triggeredFrom' | 'asker' | 'userName'> {
  readonly invokeFrom: InvokeFrom
  readonly createdBy: WorkflowEnvelope['createdBy']
  readonly detail: WorkflowEnvelope['detail']
}

export interface RunCall {
  readonly app: AppsTable
  readonly workflow: RunnableWorkflow
  readonly surface: RunSurface
  readonly body: { readonly inputs: Readonly<Record<string, unknown>>; readonly files: readonly object[] }
  readonly mode: ResponseMode
  /** The name that the caller gave to it, where it may come again. */
  readonly ask?: Ask | undefined
  /** Where an event of a trigger begins the run. */
  readonly root?: WorkflowRunRequest['root']
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

type RunDependencies = Pick<WorkflowRouteDependencies, 'appRuns' | 'runs' | 'respond' | 'inputFiles'>

/** Starts a run within the app's ceiling and answers with it, whichever surface asked; or with the one that the same ask has begun. */
export async function answerWithRun({ appRuns, runs, respond, inputFiles }: RunDependencies, call: RunCall) {
  const { app, workflow, body, mode, request, reply } = call
  const { createdBy, detail, ...starter } = call.surface
  const resolveFiles = inputFiles({ tenantId: app.tenant_id, ...starter.asker })
  const { started, run } = await appRuns.beginOnce(call.ask, (claim) =>
    appRuns.startWithin({ app, invokeFrom: starter.invokeFrom }, async () =>
      runs.start({
        ...starter,
        app,
        workflow,
        // The body was read as JSON.
        inputs: body.inputs as Readonly<Record<string, Value>>,
        files: await resolveFiles(body.files as readonly Dict[], systemFiles), // as its contract says
        resolveFiles,
        claim,
        ...(call.root ? { root: call.root } : {}),
      }),
    ),
  )
  if (run) return respondWithWorkflowRun(respond, { run, createdBy, detail, request, reply })
  return respondWithWorkflow(respond, { started, createdBy, mode, detail, request, reply })
}
