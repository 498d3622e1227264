import type { LatencyLedger, RunEvent, Usage } from '@trellis/contracts'
import { type Amendment, type Execution, type FoldedRun, RunDriver, type RunLimits, WorkflowRun } from '@trellis/engine'
import type { Clock, NodeServices, RunFacts, Submission } from '@trellis/spec'
import { Variable } from '@trellis/variables'
import type { RunForms, WaitingExecution } from '../human-input/index.ts'
import type { AbortReason, HandedOver, RunContext, WorkflowOutcome } from '../runs/index.ts'
import { createRunPool, type RunBeginning } from './run-variables.ts'
import { createSecretMask, createTextMask } from './secret-mask.ts'
import { WaitingTime } from './waiting-time.ts'

export interface WorkflowExecution {
  readonly beginning: RunBeginning
  readonly facts: RunFacts
  readonly services: NodeServices
  readonly clock: Clock
  readonly limits: RunLimits
  readonly maxConcurrency: number
  readonly forms: RunForms
  /** Sees every event before readers do, such as to keep what it changes. */
  readonly onEvent?: (event: RunEvent) => void
}

/** A run as the engine has it, not begun yet. */
export const createWorkflowRun = ({
  beginning,
  facts,
  limits,
  maxConcurrency,
}: Pick<WorkflowExecution, 'beginning' | 'limits' | 'maxConcurrency'> & { readonly facts: Pick<RunFacts, 'runId'> }): WorkflowRun =>
  new WorkflowRun({
    plan: beginning.workflow.plan(),
    pool: createRunPool(beginning),
    runId: facts.runId,
    limits,
    maxConcurrency,
    rootId: beginning.rootId,
    ...(beginning.amendment ? { amendment: toAmendment(beginning.amendment) } : {}),
  })

const toAmendment = ({ executionId, variables }: NonNullable<RunBeginning['amendment']>): Amendment => ({
  executionId,
  variables: variables.map(({ nodeId, name, type, value }) => ({ selector: [nodeId, name], variable: new Variable(value, type) })),
})

/** How a run is set going: anew, or from what its journal says. */
export type Beginning =
  | { readonly type: 'start' }
  | { readonly type: 'take-up'; readonly folded: FoldedRun }
  /** In place of another run, from what that has told. */
  | { readonly type: 'retry'; readonly told: readonly RunEvent[] }
  | { readonly type: 'resume'; readonly submissions: ReadonlyMap<string, Submission> }
  | { readonly type: 'stop'; readonly message: string }

/**
 * Carries a workflow out until it is over or pauses. Where it needs nothing from outside the outcome is there at once, and no promise.
 */
export function executeWorkflow(
  execution: WorkflowExecution,
  run: WorkflowRun,
  { context, beginning }: { readonly context: RunContext; readonly beginning: Beginning },
): WorkflowOutcome | Promise<WorkflowOutcome | HandedOver> {
  const { clock, facts, services, forms, onEvent } = execution
  const startedAt = performance.now()
  const mask = createSecretMask(execution.beginning.workflow.environmentVariables)
  const database = new WaitingTime(() => performance.now())
  const ledger = (): LatencyLedger => ledgerOf(run.usage, { totalMs: performance.now() - startedAt, databaseMs: database.totalMs })
  const onEvents = (events: readonly RunEvent[]): void => {
    for (const told of events) {
      const event = mask?.(told) ?? told
      onEvent?.(event)
      context.emit(event)
    }
  }
  const driver = new RunDriver({
    run,
    facts,
    services,
    ports: {
      now: () => clock.now(),
      after(delayMs, callback) {
        const timer = setTimeout(callback, delayMs)
        return () => clearTimeout(timer)
      },
      onEvents,
      checkpoint: () => database.during(context.checkpoint()),
    },
  })
  if (beginning.type === 'start') driver.start()
  else if (beginning.type === 'stop') driver.stop(beginning.message)
  else if (beginning.type === 'resume') driver.resume(beginning.submissions)
  else if (beginning.type === 'take-up') driver.takeUp(beginning.folded.begun)
  else {
    onEvents(beginning.told)
    // Nothing has begun in this run yet: what the other had begun is executed by whoever wants it tried again.
    driver.takeUp(new Set())
  }
  // The run fails with the words of a node.
  const hide = createTextMask(execution.beginning.workflow.environmentVariables)
  const ended = (): WorkflowOutcome => toOutcome(run, forms, { now: clock.now(), ledger: ledger(), hide })
  return driver.isUnderWay ? untilEnd(driver, context, ended) : ended()
}

async function untilEnd(driver: RunDriver, context: RunContext, ended: () => WorkflowOutcome): Promise<WorkflowOutcome | HandedOver> {
  const onAbort = (): void => {
    // RunHost aborts with nothing else.
    const reason = context.signal.reason as AbortReason
    if (reason === 'stop') driver.stop('Stopped by user.')
    else if (reason === 'timeout') driver.stop('The run took too long (APP_MAX_EXECUTION_TIME raises the limit).', { isLimit: true })
    // Another process goes on with it.
    else driver.abandon()
  }
  context.signal.addEventListener('abort', onAbort, { once: true })
  if (context.signal.aborted) onAbort()
  await driver.untilIdle()
  context.signal.removeEventListener('abort', onAbort)
  return driver.isUnderWay ? { status: 'handed-over' } : ended()
}

/** Provider's time as its calls tell it, which may overlap; the database's is what the run waited for before effects outside. */
function ledgerOf(usage: Usage | undefined, { totalMs, databaseMs }: Pick<LatencyLedger, 'totalMs' | 'databaseMs'>): LatencyLedger {
  const providerMs = Math.min(usage?.latencyMs ?? 0, totalMs)
  const firstTokenMs = Math.min(usage?.firstTokenMs ?? 0, providerMs)
  return {
    queueMs: 0,
    engineMs: Math.max(0, totalMs - providerMs - databaseMs),
    databaseMs,
    providerFirstTokenMs: firstTokenMs,
    providerStreamMs: providerMs - firstTokenMs,
    totalMs,
  }
}

function toOutcome(
  run: WorkflowRun,
  forms: RunForms,
  { now, ledger, hide }: { readonly now: number; readonly ledger: LatencyLedger; readonly hide: ((text: string) => string) | undefined },
): WorkflowOutcome {
  const totals = {
    totalSteps: run.steps,
    exceptionsCount: run.exceptionsCount,
    elapsedMs: run.time.elapsedMs(now),
    atMs: now,
    outputs: { ...run.outputs },
    ...(run.usage ? { usage: run.usage } : {}),
  }
  if (run.status === 'paused') {
    return { status: 'paused', event: { type: 'run-pause', ...totals, forms: forms.ask(run.pausedExecutions.flatMap(toWaiting), now) } }
  }
  if (run.status === 'ready' || run.status === 'running') throw new Error(`run ${run.runId} has no outcome yet`)
  const { status, error } = run
  return {
    status,
    event: {
      type: 'workflow-end',
      ...totals,
      // A limit is told as a failure and kept as a stop (workflow spec 4.4).
      status: run.isLimited ? 'failed' : status,
      ledger,
      ...(error === undefined ? {} : { error: hide?.(error) ?? error }),
    },
  }
}

const toWaiting = ({ id, node, pause }: Execution): WaitingExecution[] =>
  pause ? [{ executionId: id, nodeId: node.id, title: node.title, reason: pause }] : []
