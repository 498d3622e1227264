import { AppError, type RunEvent } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import { foldRun, GraphError, type PlanNode, type RunLimits } from '@trellis/engine'
import { newId } from '@trellis/kit'
import type { Clock, NodeServices, RunFacts } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { decodeEvents, type RunChannel, type RunEventsRow, type RunHost, type RunRow, type WorkflowOutcome } from '../runs/index.ts'
import { DRAFT, type RunnableWorkflow, type RunnableWorkflows } from '../workflows/index.ts'
import { type Beginning, createWorkflowRun, executeWorkflow, type WorkflowExecution } from './execute-workflow.ts'
import { type RunBeginning, toReportedInputs } from './run-variables.ts'
import { prepareInputs, type ResolveFiles, readStartFields } from './start-inputs.ts'
import { readBeginning, writeBeginning } from './stored-beginning.ts'

export interface WorkflowRunRequest {
  readonly app: AppsTable
  readonly workflow: RunnableWorkflow
  readonly inputs: Readonly<Record<string, Value>>
  readonly files: readonly Value[]
  /** Dify's word for the surface. */
  readonly invokeFrom: string
  readonly triggeredFrom: 'app-run' | 'debugging' | 'webhook' | 'schedule'
  readonly endUserId: string | null
  readonly accountId: string | null
  /** How the run knows its user: the end user's own name, or the account's id. */
  readonly userName: string
  /** The node to begin with, where it is not the first root. */
  readonly rootId?: string
  readonly resolveFiles: ResolveFiles
}

export interface StartedWorkflow {
  readonly channel: RunChannel
  readonly runId: string
  readonly taskId: string
  readonly workflowId: string
  readonly createdAtMs: number
}

export interface WorkflowRunDependencies {
  readonly clock: Clock
  readonly runHost: RunHost
  readonly workflows: RunnableWorkflows
  readonly findApp: (tenantId: string, appId: string) => Promise<AppsTable | undefined>
  readonly servicesFor: (facts: RunFacts) => NodeServices
  readonly limits: RunLimits
  readonly maxConcurrency: number
  /** No run lives longer, however its nodes wait. */
  readonly runMaxSeconds: number
}

export interface WorkflowRuns {
  /** Accepts a run: it is durable when this resolves, and may be over. @throws AppError `invalid_param` for inputs and graphs that cannot run */
  start(request: WorkflowRunRequest): Promise<StartedWorkflow>
  /** Goes on with a run whose host is gone; false where its workflow is gone too. */
  takeUp(run: RunRow, journal: readonly RunEventsRow[]): Promise<boolean>
}

export function createWorkflowRuns(dependencies: WorkflowRunDependencies): WorkflowRuns {
  return {
    start: (request) => startWorkflow(dependencies, request),
    takeUp: (run, journal) => takeUpWorkflow(dependencies, run, journal),
  }
}

async function startWorkflow(dependencies: WorkflowRunDependencies, request: WorkflowRunRequest): Promise<StartedWorkflow> {
  const { clock, runHost, runMaxSeconds } = dependencies
  const { app, workflow } = request
  const now = clock.now()
  const ids = { run: newId(), task: newId() }
  const root = findRoot(workflow, request.rootId)
  const inputs = await prepareInputs(readStartFields(root.data), request.inputs, request.resolveFiles)
  const beginning: RunBeginning = {
    workflow,
    rootId: root.id,
    inputs,
    system: {
      files: request.files,
      user_id: request.userName,
      app_id: app.id,
      workflow_id: workflow.id,
      workflow_run_id: ids.run,
      timestamp: Math.floor(now / 1000),
    },
  }
  const facts: RunFacts = {
    tenantId: app.tenant_id,
    appId: app.id,
    workflowId: workflow.id,
    runId: ids.run,
    userId: request.endUserId ?? request.accountId ?? '',
    invokeFrom: request.invokeFrom,
    callDepth: 0,
  }
  const execution = toExecution(dependencies, beginning, facts)
  const run = createWorkflowRun(execution)
  const row = {
    id: ids.run,
    tenant_id: app.tenant_id,
    app_id: app.id,
    kind: 'workflow',
    task_id: ids.task,
    conversation_id: null,
    message_id: null,
    invoke_from: request.invokeFrom,
    from_end_user_id: request.endUserId,
    from_account_id: request.accountId,
    created_at: now,
    workflow_id: workflow.id,
    triggered_from: request.triggeredFrom,
    inputs: writeBeginning({
      root: root.id,
      inputs,
      system: beginning.system,
      ...(workflow.version === DRAFT ? { graph: workflow.graph } : {}),
    }),
  } as const
  const channel = await runHost.start<WorkflowOutcome>({
    run: row,
    timeoutMs: runMaxSeconds * 1000,
    isEager: true,
    started: { type: 'run-start', createdAtMs: now, workflowId: workflow.id, inputs: toReportedInputs(beginning), reason: 'initial' },
    accept: noRows,
    execute: (context) => executeWorkflow(execution, run, { context, beginning: { type: 'start' } }),
    finish: noRows,
  })
  return { channel, runId: ids.run, taskId: ids.task, workflowId: workflow.id, createdAtMs: now }
}

/** All that is to be known of a workflow's run is in its row and its journal. */
const noRows = async (): Promise<void> => undefined

const toExecution = (dependencies: WorkflowRunDependencies, beginning: RunBeginning, facts: RunFacts): WorkflowExecution => ({
  beginning,
  facts,
  services: dependencies.servicesFor(facts),
  clock: dependencies.clock,
  limits: dependencies.limits,
  maxConcurrency: dependencies.maxConcurrency,
})

function findRoot(workflow: RunnableWorkflow, rootId: string | undefined): PlanNode {
  const { nodes } = planOf(workflow).root
  const root = nodes.find((node) => (rootId === undefined ? node.isRoot : node.id === rootId))
  if (root) return root
  throw new AppError('invalid_param', { message: 'The workflow has no start: add a start node or a trigger, and publish it.' })
}

function planOf(workflow: RunnableWorkflow) {
  try {
    return workflow.plan()
  } catch (error) {
    if (error instanceof GraphError) throw new AppError('invalid_param', { message: error.message, cause: error })
    throw error
  }
}

async function takeUpWorkflow(dependencies: WorkflowRunDependencies, row: RunRow, journal: readonly RunEventsRow[]): Promise<boolean> {
  const stored = readBeginning(row)
  if (row.kind !== 'workflow' || row.workflow_id === null || !stored) return false
  const app = await dependencies.findApp(row.tenant_id, row.app_id)
  const workflow = app && (await findWorkflow(dependencies, app, { workflowId: row.workflow_id, graph: stored.graph }))
  if (!workflow) return false
  const beginning: RunBeginning = { workflow, rootId: stored.root, inputs: stored.inputs, system: stored.system }
  const facts: RunFacts = {
    tenantId: row.tenant_id,
    appId: row.app_id,
    workflowId: row.workflow_id,
    runId: row.id,
    userId: row.from_end_user_id ?? row.from_account_id ?? '',
    invokeFrom: row.invoke_from,
    callDepth: 0,
  }
  const execution = toExecution(dependencies, beginning, facts)
  const run = createWorkflowRun(execution)
  const folded = foldRun(run, journal.flatMap(decodeEvents))
  const started: RunEvent[] = [{ type: 'text-replace', text: folded.text, reason: '' }, ...folded.missing]
  const last = journal.at(-1)
  const begins: Beginning = { type: 'take-up', folded }
  dependencies.runHost.adopt<WorkflowOutcome>(
    {
      run: row,
      timeoutMs: dependencies.runMaxSeconds * 1000,
      accept: noRows,
      execute: (context) => executeWorkflow(execution, run, { context, beginning: begins }),
      finish: noRows,
    },
    { epoch: row.epoch, firstOffset: last ? last.first_offset + last.event_count : 0, started },
  )
  return true
}

/** The version that a run began on, or the draft with the graph that it had then. */
async function findWorkflow(
  { workflows }: WorkflowRunDependencies,
  app: AppsTable,
  { workflowId, graph }: { readonly workflowId: string; readonly graph: Dict | undefined },
): Promise<RunnableWorkflow | undefined> {
  try {
    return await (graph ? workflows.getDraft(app, graph) : workflows.getVersion(app, workflowId))
  } catch (error) {
    if (AppError.is(error)) return undefined
    throw error
  }
}
