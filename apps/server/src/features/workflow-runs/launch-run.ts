import { AppError, type RunEvent } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { foldRun, GraphError, type PlanNode, type RunLimits } from '@trellis/engine'
import type { Clock, NodeServices, RunFacts } from '@trellis/spec'
import type { RunChannel, RunEventsRow, RunHost, RunOutcome, RunRow, RunSpec, WorkflowOutcome } from '../runs/index.ts'
import { decodeEvents } from '../runs/index.ts'
import { DRAFT, type RunnableWorkflow } from '../workflows/index.ts'
import type { HeldVariable } from './conversation-variables.ts'
import { createWorkflowRun, executeWorkflow, type WorkflowExecution } from './execute-workflow.ts'
import { type RunBeginning, toReportedInputs } from './run-variables.ts'
import { createSecretMask } from './secret-mask.ts'
import { writeBeginning } from './stored-beginning.ts'

export interface LaunchDependencies {
  readonly clock: Clock
  readonly runHost: RunHost
  readonly servicesFor: (facts: RunFacts) => NodeServices
  readonly limits: RunLimits
  readonly maxConcurrency: number
  /** No run lives longer, however its nodes wait. */
  readonly runMaxSeconds: number
}

/** What goes along with a run: rows that come with it, follow its events, and change with its end. */
export interface RunCompanion {
  readonly onEvent?: (event: RunEvent) => void
  readonly accept?: (db: Db) => Promise<void>
  readonly finish?: (db: Db, outcome: WorkflowOutcome | RunOutcome) => Promise<void>
  readonly afterwards?: (outcome: WorkflowOutcome | RunOutcome) => Promise<void>
}

export interface Launch {
  readonly beginning: RunBeginning
  /** What the conversation's variables are, of chatflows. */
  readonly held?: readonly HeldVariable[]
  readonly facts: RunFacts
  readonly run: Pick<
    RunRow,
    'kind' | 'task_id' | 'conversation_id' | 'message_id' | 'from_end_user_id' | 'from_account_id' | 'created_at' | 'triggered_from'
  >
  readonly companion: RunCompanion
  /** Of runs in place of another that failed: what of its journal still holds. */
  readonly retry?: { readonly of: string; readonly events: readonly RunEvent[] }
}

/** Begins a run: it is durable when this resolves, and may be over. */
export function launchRun(
  dependencies: LaunchDependencies,
  { beginning, held, facts, run, companion, retry }: Launch,
): Promise<RunChannel> {
  const execution = toExecution(dependencies, { beginning, facts, companion })
  const workflowRun = createWorkflowRun(execution)
  const told = retry && foldRun(workflowRun, retry.events).told
  // Its time begins now, whenever that of the other did.
  if (told) workflowRun.startedAtMs = run.created_at
  const { workflow } = beginning
  return dependencies.runHost.start<WorkflowOutcome>({
    ...toSpec(dependencies, companion),
    run: {
      ...run,
      id: facts.runId,
      tenant_id: facts.tenantId,
      app_id: facts.appId,
      invoke_from: facts.invokeFrom,
      workflow_id: facts.workflowId,
      inputs: writeBeginning({
        root: beginning.rootId,
        inputs: beginning.inputs,
        system: beginning.system,
        ...(held ? { conversation: held } : {}),
        ...(beginning.variables ? { variables: beginning.variables } : {}),
        ...(beginning.amendment ? { amendment: beginning.amendment } : {}),
        ...(retry ? { retryOf: retry.of } : {}),
        ...(workflow.version === DRAFT ? { graph: workflow.graph } : {}),
      }),
    },
    isEager: true,
    started: {
      type: 'run-start',
      createdAtMs: run.created_at,
      workflowId: facts.workflowId,
      inputs: toReportedInputs(beginning),
      reason: 'initial',
    },
    execute: (context) =>
      executeWorkflow(execution, workflowRun, {
        context,
        beginning: told ? { type: 'retry', told: [...told, ...retry.events.filter(isAside)] } : { type: 'start' },
      }),
  })
}

/** What nodes said beside their outcomes: no part of a fold. */
const isAside = ({ type }: RunEvent): boolean => type === 'retriever-resources' || type === 'agent-log'

export interface Continuation {
  readonly row: RunRow
  readonly journal: readonly RunEventsRow[]
  readonly beginning: RunBeginning
  readonly facts: RunFacts
  readonly companion: RunCompanion
  /** Told the text as it stands, before the run goes on. */
  readonly onText?: (text: string) => void
}

/** Goes on with a run that was claimed for this host, from what its journal says. */
export function continueRun(dependencies: LaunchDependencies, { row, journal, beginning, facts, companion, onText }: Continuation): void {
  const execution = toExecution(dependencies, { beginning, facts, companion })
  const run = createWorkflowRun(execution)
  const folded = foldRun(run, journal.flatMap(decodeEvents))
  onText?.(folded.text)
  const mask = createSecretMask(beginning.workflow.environmentVariables)
  const missing = mask ? folded.missing.map(mask) : folded.missing
  for (const event of missing) companion.onEvent?.(event)
  const last = journal.at(-1)
  dependencies.runHost.adopt<WorkflowOutcome>(
    {
      ...toSpec(dependencies, companion),
      run: row,
      execute: (context) => executeWorkflow(execution, run, { context, beginning: { type: 'take-up', folded } }),
    },
    {
      epoch: row.epoch,
      firstOffset: last ? last.first_offset + last.event_count : 0,
      started: [{ type: 'text-replace', text: folded.text, reason: '' }, ...missing],
    },
  )
}

const toSpec = (
  { runMaxSeconds }: LaunchDependencies,
  { accept, finish, afterwards }: RunCompanion,
): Omit<RunSpec<WorkflowOutcome>, 'run' | 'execute'> => ({
  timeoutMs: runMaxSeconds * 1000,
  ...(accept ? { accept } : {}),
  ...(finish ? { finish } : {}),
  ...(afterwards ? { afterwards } : {}),
})

const toExecution = (
  { servicesFor, clock, limits, maxConcurrency }: LaunchDependencies,
  { beginning, facts, companion }: Pick<Launch, 'beginning' | 'facts' | 'companion'>,
): WorkflowExecution => ({
  beginning,
  facts,
  services: servicesFor(facts),
  clock,
  limits,
  maxConcurrency,
  ...(companion.onEvent ? { onEvent: companion.onEvent } : {}),
})

/** @throws AppError `invalid_param` where the graph cannot run */
export function findRoot(workflow: RunnableWorkflow, rootId: string | undefined): PlanNode {
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
