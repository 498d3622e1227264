import type { RunEvent } from '@trellis/contracts'
import type { WorkflowRun } from '@trellis/engine'
import type { HandedOver, RunContext, WorkflowOutcome } from '../runs/index.ts'
import { type OutputCheck, OutputGuard } from '../turns/index.ts'
import { type Beginning, executeWorkflow, type WorkflowExecution } from './execute-workflow.ts'

export interface GuardedExecution extends WorkflowExecution {
  /** Looks at what the run says. */
  readonly outputCheck?: OutputCheck
}

interface GuardedStart {
  readonly context: RunContext
  readonly beginning: Beginning
  /** What readers have of earlier lives, and nobody may have looked at. */
  readonly told?: string
}

/** Carries a workflow out, and has what it says looked at. A text that is replaced stops the run. */
export function executeGuardedWorkflow(
  { outputCheck, ...execution }: GuardedExecution,
  run: WorkflowRun,
  { context, beginning, told = '' }: GuardedStart,
): WorkflowOutcome | Promise<WorkflowOutcome | HandedOver> {
  if (!outputCheck) return executeWorkflow(execution, run, { context, beginning })
  const { onEvent, ...unseen } = execution
  const guard = new OutputGuard({
    check: outputCheck,
    signal: context.signal,
    told,
    tell(event: RunEvent) {
      onEvent?.(event)
      context.emit(event)
    },
  })
  const guarded: RunContext = {
    runId: context.runId,
    signal: guard.signal,
    emit: guard.tell.bind(guard),
    checkpoint: () => context.checkpoint(),
  }
  return settled(guard, context, async () => executeWorkflow(unseen, run, { context: guarded, beginning }))
}

async function settled(
  guard: OutputGuard,
  { signal }: RunContext,
  execute: () => Promise<WorkflowOutcome | HandedOver>,
): Promise<WorkflowOutcome | HandedOver> {
  const outcome = await execute()
  const replacement = await guard.settle()
  if (replacement === undefined || !('event' in outcome) || outcome.event.type !== 'workflow-end') return outcome
  const { outputs, ...event } = outcome.event
  const isStopped = outcome.status === 'stopped' && !signal.aborted
  return {
    ...outcome,
    event: {
      ...event,
      outputs: 'answer' in outputs ? { ...outputs, answer: replacement } : outputs,
      moderated: 'outputs',
      ...(isStopped ? { error: 'Stopped by moderation of what the app says.' } : {}),
    },
  }
}
