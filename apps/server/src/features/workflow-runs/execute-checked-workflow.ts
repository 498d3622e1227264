import type { AnnotationReply, ModeratedSide, RunEvent, WorkflowEndEvent } from '@trellis/contracts'
import { noUsage } from '../../http/compat/answer-sources.ts'
import type { AbortReason, HandedOver, RunContext, WorkflowOutcome } from '../runs/index.ts'
import { executeGuardedWorkflow, type GuardedExecution } from './execute-guarded-workflow.ts'
import { createWorkflowRun } from './execute-workflow.ts'
import type { RunBeginning } from './run-variables.ts'

/** What those who look at a turn first make of it. */
export type CheckedBeginning =
  | { readonly type: 'pass'; readonly beginning: RunBeginning }
  | {
      readonly type: 'answer'
      readonly text: string
      readonly annotationReply?: AnnotationReply | undefined
      readonly moderated?: ModeratedSide
    }

/** Has a run looked at before its graph begins. */
export interface RunCheck {
  check(beginning: RunBeginning, signal: AbortSignal): Promise<CheckedBeginning>
  /** Keeps what the run really begins with: from then on another process may go on with it. */
  keep(beginning: RunBeginning): Promise<void>
}

type EndDetails = Partial<Pick<WorkflowEndEvent, 'outputs' | 'error' | 'annotationReply' | 'moderated'>>

/** Has a run looked at by all who have to, then carries it out, or answers with what one of them says: no node runs then. */
export async function executeCheckedWorkflow(
  execution: GuardedExecution,
  runCheck: RunCheck,
  context: RunContext,
): Promise<WorkflowOutcome | HandedOver> {
  const startedAt = performance.now()
  const ended = (status: 'succeeded' | 'failed' | 'stopped', more: EndDetails): WorkflowOutcome => ({
    status,
    event: { type: 'workflow-end', ...totals(execution.clock.now(), performance.now() - startedAt), status, ...more },
  })
  try {
    const checked = await runCheck.check(execution.beginning, context.signal)
    if (checked.type === 'pass') {
      await runCheck.keep(checked.beginning)
      const passed = { ...execution, beginning: checked.beginning }
      return await executeGuardedWorkflow(passed, createWorkflowRun(passed), { context, beginning: { type: 'start' } })
    }
    const told: RunEvent = { type: 'text-delta', text: checked.text, from: [] }
    execution.onEvent?.(told)
    context.emit(told)
    return ended('succeeded', {
      outputs: { answer: checked.text },
      ...(checked.annotationReply ? { annotationReply: checked.annotationReply } : {}),
      ...(checked.moderated ? { moderated: checked.moderated } : {}),
    })
  } catch (cause) {
    if (!context.signal.aborted) throw cause
    const reason = context.signal.reason as AbortReason // RunHost aborts with nothing else
    if (reason === 'stop') return ended('stopped', { error: 'Stopped by user.' })
    if (reason === 'timeout') return ended('failed', { error: 'The run took too long (APP_MAX_EXECUTION_TIME raises the limit).' })
    return { status: 'handed-over' }
  }
}

const totals = (now: number, elapsedMs: number) => ({
  outputs: {},
  totalSteps: 0,
  exceptionsCount: 0,
  usage: { ...noUsage, latencyMs: elapsedMs },
  elapsedMs,
  atMs: now,
})
