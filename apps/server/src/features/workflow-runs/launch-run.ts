import { AppError, type RunEvent } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { beginOpenAt, foldRun, GraphError, type PlanNode, type RunLimits } from '@trellis/engine'
import type { Clock, NodeServices, RunFacts } from '@trellis/spec'
import { keepRunFiles, listFileIds } from '../files/index.ts'
import { RunForms } from '../human-input/index.ts'
import type { Asker } from '../models/index.ts'
import {
  type RunChannel,
  type RunHost,
  type RunOutcome,
  type RunRow,
  type RunSpec,
  storeRunInputs,
  type WorkflowOutcome,
} from '../runs/index.ts'
import type { OutputCheck } from '../turns/index.ts'
import { DRAFT, type RunnableWorkflow } from '../workflows/index.ts'
import type { HeldVariable } from './conversation-variables.ts'
import { executeCheckedWorkflow, type RunCheck } from './execute-checked-workflow.ts'
import { executeGuardedWorkflow, type GuardedExecution } from './execute-guarded-workflow.ts'
import { createWorkflowRun } from './execute-workflow.ts'
import { type RunBeginning, toReportedInputs } from './run-variables.ts'
import { type StoredBeginning, writeBeginning } from './stored-beginning.ts'

export interface LaunchDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly runHost: RunHost
  readonly servicesFor: (facts: RunFacts, asker: Asker) => NodeServices
  readonly limits: RunLimits
  readonly maxConcurrency: number
  /** No run lives longer, however its nodes wait. */
  readonly runMaxSeconds: number
  /** Nobody is waited for any longer, whatever nodes say. */
  readonly formLifetimeMs: number
  /** Lets a paused run go on, if there is something to go on with. */
  readonly wake: (runId: string) => Promise<void>
}

/** What goes along with a run: rows that come with it, follow its events, and change with its end. */
export interface RunCompanion {
  readonly onEvent?: (event: RunEvent) => void
  /** Looks at what the run says, in whichever life. */
  readonly outputCheck?: OutputCheck
  readonly accept?: (db: Db) => Promise<void>
  readonly finish?: (db: Db, outcome: WorkflowOutcome | RunOutcome) => Promise<void>
  readonly afterwards?: (outcome: WorkflowOutcome | RunOutcome) => Promise<void>
}

export interface Launch {
  readonly beginning: RunBeginning
  /** What the conversation's variables are, of chatflows. */
  readonly held?: readonly HeldVariable[]
  readonly facts: RunFacts
  readonly run: Pick<RunRow, 'kind' | 'task_id' | 'conversation_id' | 'message_id' | 'created_at' | 'triggered_from'>
  readonly asker: Asker
  readonly companion: RunCompanion
  /** Of runs in place of another that failed: what of its journal still holds. */
  readonly retry?: { readonly of: string; readonly events: readonly RunEvent[] }
  /** Who looks at it before its graph begins. */
  readonly check?: Pick<RunCheck, 'check'> | undefined
}

/** Begins a run: it is durable when this resolves, and may be over. */
export function launchRun(
  dependencies: LaunchDependencies,
  { beginning, held, facts, run, asker, companion, retry, check }: Launch,
): Promise<RunChannel> {
  const forms = new RunForms({ facts, lifetimeMs: dependencies.formLifetimeMs, rows: [] })
  const execution = toExecution(dependencies, { beginning, facts, asker, companion, forms })
  const workflowRun = createWorkflowRun(execution)
  // Its time begins now, whenever that of the other did, and so does that of what is executed again.
  const told = retry && beginOpenAt(workflowRun, foldRun(workflowRun, retry.events).told, run.created_at)
  if (told) workflowRun.time.begin(run.created_at)
  const stored = (begun: RunBeginning): StoredBeginning => toStored(begun, { held, retryOf: retry?.of })
  const keep = (begun: RunBeginning): Promise<void> =>
    storeRunInputs(dependencies.db, { id: facts.runId, epoch: 0 }, writeBeginning(stored(begun)))
  return dependencies.runHost.start<WorkflowOutcome>({
    ...toSpec(dependencies, { runId: facts.runId, companion: withFiles(companion, beginning, facts), forms }),
    run: {
      ...run,
      from_end_user_id: asker.endUserId,
      from_account_id: asker.accountId,
      api_key_id: asker.apiKeyId,
      id: facts.runId,
      tenant_id: facts.tenantId,
      app_id: facts.appId,
      invoke_from: facts.invokeFrom,
      workflow_id: facts.workflowId,
      inputs: writeBeginning(check ? { ...stored(beginning), isUnchecked: true } : stored(beginning)),
    },
    isEager: !check && !companion.outputCheck,
    started: {
      type: 'run-start',
      createdAtMs: run.created_at,
      workflowId: facts.workflowId,
      inputs: toReportedInputs(beginning),
      reason: 'initial',
    },
    execute: (context) =>
      check
        ? executeCheckedWorkflow(execution, { ...check, keep }, context)
        : executeGuardedWorkflow(execution, workflowRun, {
            context,
            beginning: told ? { type: 'retry', told: [...told, ...retry.events.filter(isAside)] } : { type: 'start' },
          }),
  })
}

const toStored = (
  beginning: RunBeginning,
  { held, retryOf }: { readonly held: Launch['held']; readonly retryOf: string | undefined },
): StoredBeginning => ({
  root: beginning.rootId,
  inputs: beginning.inputs,
  system: beginning.system,
  ...(held ? { conversation: held } : {}),
  ...(beginning.variables ? { variables: beginning.variables } : {}),
  ...(beginning.amendment ? { amendment: beginning.amendment } : {}),
  ...(retryOf ? { retryOf } : {}),
  ...(beginning.workflow.version === DRAFT ? { graph: beginning.workflow.graph } : {}),
})

/** What nodes said beside their outcomes: no part of a fold. */
const isAside = ({ type }: RunEvent): boolean => type === 'retriever-resources' || type === 'agent-log'

/** What a run begins with names uploads, which stay as long as it does. */
function withFiles(companion: RunCompanion, beginning: RunBeginning, facts: RunFacts): RunCompanion {
  const { inputs, system, variables = [], amendment } = beginning
  const placed = [...variables, ...(amendment?.variables ?? [])].map(({ value }) => value)
  const fileIds = listFileIds([inputs, system, ...placed])
  if (fileIds.length === 0) return companion
  return {
    ...companion,
    async accept(db) {
      await companion.accept?.(db)
      await keepRunFiles(db, { run_id: facts.runId, tenant_id: facts.tenantId, app_id: facts.appId }, fileIds)
    },
  }
}

/** What a life of a run brings about outside itself. */
export const toSpec = (
  { runMaxSeconds, clock, wake }: LaunchDependencies,
  { runId, companion, forms }: { readonly runId: string; readonly companion: RunCompanion; readonly forms: RunForms },
): Omit<RunSpec<WorkflowOutcome>, 'run' | 'execute'> => ({
  timeoutMs: runMaxSeconds * 1000,
  ...(companion.accept ? { accept: companion.accept } : {}),
  leavesRows: ({ status }) => companion.finish !== undefined || status === 'paused',
  async finish(db, outcome) {
    await companion.finish?.(db, outcome)
    await forms.finish(db, { isPaused: outcome.status === 'paused', now: clock.now() })
  },
  async afterwards(outcome) {
    await companion.afterwards?.(outcome)
    // Somebody may have answered another form, or asked it to stop, while it ran.
    if (outcome.status === 'paused') await wake(runId)
  },
})

export const toExecution = (
  { servicesFor, clock, limits, maxConcurrency }: LaunchDependencies,
  { beginning, facts, asker, companion, forms }: Pick<Launch, 'beginning' | 'facts' | 'asker' | 'companion'> & { readonly forms: RunForms },
): GuardedExecution => ({
  beginning,
  facts,
  forms,
  services: servicesFor(facts, asker),
  clock,
  limits,
  maxConcurrency,
  ...(companion.onEvent ? { onEvent: companion.onEvent } : {}),
  ...(companion.outputCheck ? { outputCheck: companion.outputCheck } : {}),
})

/** @throws AppError `invalid_param` where the graph cannot run */
export function findRoot(workflow: RunnableWorkflow, rootId: string | undefined): PlanNode {
  const { nodes } = planOf(workflow).root
  const root = nodes.find((node) => (rootId === undefined ? node.isRoot : node.id === rootId))
  if (root) return root
  const message = 'The workflow has no start: add a start node or a trigger, and publish it.'
  throw new AppError('invalid_param', { message, refusal: { reason: 'workflow_startless', values: {} } })
}

function planOf(workflow: RunnableWorkflow) {
  try {
    return workflow.plan()
  } catch (error) {
    if (error instanceof GraphError) throw new AppError('invalid_param', { message: error.message, cause: error })
    throw error
  }
}
