import { AppError } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import type { PlanNode } from '@trellis/engine'
import { newId } from '@trellis/kit'
import type { RunFacts } from '@trellis/spec'
import type { Value } from '@trellis/values'
import { listFormsOfRun } from '../human-input/index.ts'
import type { Asker } from '../models/index.ts'
import {
  type Claim,
  decodeEvents,
  type RunChannel,
  type RunEventsRow,
  type RunRow,
  type TakeUpPlace,
  toTakeUpPlace,
} from '../runs/index.ts'
import type { RunnableWorkflow, RunnableWorkflows } from '../workflows/index.ts'
import { continueRun } from './continue-run.ts'
import { findRoot, type LaunchDependencies, launchRun, type RunCompanion } from './launch-run.ts'
import type { RunBeginning } from './run-variables.ts'
import { prepareInputs, type ResolveFiles, readStartFields } from './start-inputs.ts'
import { readBeginning, toBeginning } from './stored-beginning.ts'
import { keepTrialOf, type TrialDependencies, together } from './trials/keep-trial.ts'

export interface WorkflowRunRequest {
  readonly app: AppsTable
  readonly workflow: RunnableWorkflow
  readonly inputs: Readonly<Record<string, Value>>
  readonly files: readonly Value[]
  /** Dify's word for the surface. */
  readonly invokeFrom: string
  readonly triggeredFrom: 'app-run' | 'debugging' | 'webhook' | 'schedule'
  readonly asker: Asker
  /** How the run knows its user: the end user's own name, or the account's id. */
  readonly userName: string
  /** Where a trigger begins the run: its node, and what it gives to it in place of a form's inputs. */
  readonly root?: { readonly id: string; readonly event: Readonly<Record<string, Value>> }
  readonly claim?: Claim | undefined
  /** Of inputs of a form; none are taken where absent. */
  readonly resolveFiles?: ResolveFiles
}

export interface StartedWorkflow {
  readonly channel: RunChannel
  readonly runId: string
  readonly taskId: string
  readonly workflowId: string
  readonly createdAtMs: number
}

export interface WorkflowRunDependencies extends LaunchDependencies, TrialDependencies {
  readonly db: Db
  readonly workflows: RunnableWorkflows
  readonly findApp: (tenantId: string, appId: string) => Promise<AppsTable | undefined>
}

export interface WorkflowRuns {
  /** Accepts a run: it is durable when this resolves, and may be over. @throws AppError `invalid_param` for inputs and graphs that cannot run */
  start(request: WorkflowRunRequest): Promise<StartedWorkflow>
  /** Goes on with a run whose host is gone, or that was paused, from the place that it returns; undefined where its workflow is gone. */
  takeUp(run: RunRow, journal: readonly RunEventsRow[], why?: TakeUpReason): Promise<TakeUpPlace | undefined>
}

export type TakeUpReason = 'host-gone' | 'answered'

/** What a run that goes on elsewhere had beside it. */
export interface TakenUp {
  readonly companion: RunCompanion
  readonly onText?: (text: string) => void
}

export interface TakeUpContext {
  readonly app: AppsTable
  readonly workflow: RunnableWorkflow
  readonly row: RunRow
  readonly journal: readonly RunEventsRow[]
  readonly why: TakeUpReason
}

export function createWorkflowRuns(
  dependencies: WorkflowRunDependencies,
  takeUpChatflow: (context: TakeUpContext) => TakenUp,
): WorkflowRuns {
  return {
    start: (request) => startWorkflow(dependencies, request),
    async takeUp(row, journal, why = 'host-gone') {
      const stored = readBeginning(row)
      if ((row.kind !== 'workflow' && row.kind !== 'chatflow') || !stored) return undefined
      if (stored.isUnchecked) return undefined
      const app = await dependencies.findApp(row.tenant_id, row.app_id)
      const workflow = app && (await findWorkflowOfRun(dependencies.workflows, app, row))
      if (!workflow) return undefined
      const context = { app, workflow, row, journal, why }
      const { companion, onText } = row.kind === 'chatflow' ? takeUpChatflow(context) : takeUpWorkflow(dependencies, context)
      continueRun(dependencies, {
        row,
        journal,
        companion,
        forms: await listFormsOfRun(dependencies.db, row.id),
        isTakenOver: why === 'host-gone',
        beginning: toBeginning(workflow, stored),
        facts: factsOf(row, workflow.id),
        ...(onText ? { onText } : {}),
      })
      return toTakeUpPlace(journal.flatMap(decodeEvents))
    },
  }
}

async function startWorkflow(dependencies: WorkflowRunDependencies, request: WorkflowRunRequest): Promise<StartedWorkflow> {
  const { app, workflow, asker } = request
  const now = dependencies.clock.now()
  const ids = { run: newId(), task: newId() }
  const root = findRoot(workflow, request.root?.id)
  const inputs = request.root?.event ?? (await readInputs(root, request))
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
  const channel = await launchRun(dependencies, {
    beginning,
    facts: {
      tenantId: app.tenant_id,
      appId: app.id,
      workflowId: workflow.id,
      runId: ids.run,
      userId: asker.endUserId ?? asker.accountId ?? '',
      invokeFrom: request.invokeFrom,
      callDepth: 0,
    },
    run: {
      kind: 'workflow',
      task_id: ids.task,
      conversation_id: null,
      message_id: null,
      created_at: now,
      triggered_from: request.triggeredFrom,
    },
    asker,
    companion: together(
      ...(request.claim ? [claiming(request.claim, ids.run)] : []),
      ...keepTrialOf(dependencies, {
        app,
        workflow,
        run: { id: ids.run, triggeredFrom: request.triggeredFrom, accountId: asker.accountId },
        system: beginning.system,
      }),
    ),
  })
  return { channel, runId: ids.run, taskId: ids.task, workflowId: workflow.id, createdAtMs: now }
}

function takeUpWorkflow(dependencies: WorkflowRunDependencies, { app, workflow, row, journal }: TakeUpContext): TakenUp {
  const run = { id: row.id, triggeredFrom: row.triggered_from, accountId: row.from_account_id }
  const companion = together(...keepTrialOf(dependencies, { app, workflow, run, system: readBeginning(row)?.system ?? {} }))
  for (const event of journal.flatMap(decodeEvents)) companion.onEvent?.(event)
  return { companion }
}

/** Triggers have no form: nothing is asked of whoever starts their workflow by hand. */
const readInputs = async (root: PlanNode, { inputs, resolveFiles = noFiles }: WorkflowRunRequest): Promise<Record<string, Value>> =>
  root.type === 'start' ? prepareInputs(readStartFields(root.data), inputs, resolveFiles) : {}

const noFiles: ResolveFiles = async () => []

const claiming = (claim: Claim, runId: string): RunCompanion => ({ accept: (db) => claim(db, runId), finish: async () => undefined })

const factsOf = (row: RunRow, workflowId: string): RunFacts => ({
  tenantId: row.tenant_id,
  appId: row.app_id,
  workflowId,
  runId: row.id,
  userId: row.from_end_user_id ?? row.from_account_id ?? '',
  invokeFrom: row.invoke_from,
  ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
  ...(row.message_id === null ? {} : { messageId: row.message_id }),
  callDepth: 0,
})

/** The version that a run began on, or the draft with the graph that it had then; undefined where it is gone. */
export async function findWorkflowOfRun(
  workflows: RunnableWorkflows,
  app: AppsTable,
  run: Pick<RunRow, 'workflow_id' | 'inputs'>,
): Promise<RunnableWorkflow | undefined> {
  const graph = readBeginning(run)?.graph
  try {
    return await (graph ? workflows.getDraft(app, graph) : workflows.getVersion(app, run.workflow_id ?? ''))
  } catch (error) {
    if (AppError.is(error)) return undefined
    throw error
  }
}
