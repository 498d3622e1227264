import type { AnnotationReply, AppError, LatencyLedger, ModeratedSide, RunEvent, Usage } from '@trellis/contracts'
import { dumpJson, type Value } from '@trellis/values'
import type { RunFinish } from './runs.repository.ts'

/** How a run ended. */
export type RunOutcome =
  | {
      readonly status: 'succeeded' | 'stopped'
      readonly usage: Usage
      readonly ledger: LatencyLedger
      /** The model came to its limit of tokens. */
      readonly isCut?: boolean
      readonly annotationReply?: AnnotationReply
      readonly moderated?: ModeratedSide
    }
  | { readonly status: 'failed' | 'interrupted'; readonly error: AppError; readonly ledger?: LatencyLedger }

type WorkflowEnd = Extract<RunEvent, { readonly type: 'workflow-end' | 'run-pause' }>

/** How a workflow's run ended, or that it waits: its last event says it all. */
export interface WorkflowOutcome {
  readonly status: Exclude<RunFinish['status'], 'running'>
  readonly event: WorkflowEnd
}

/** Not an end: the run is left to whoever claims it next. */
export interface HandedOver {
  readonly status: 'handed-over'
}

export type AnyOutcome = RunOutcome | WorkflowOutcome

export function toTerminalEvent(outcome: AnyOutcome): RunEvent {
  if ('event' in outcome) return outcome.event
  if ('usage' in outcome) {
    const { usage, ledger, isCut, annotationReply } = outcome
    return {
      type: 'run-end',
      usage,
      ledger,
      isStopped: outcome.status === 'stopped',
      ...(isCut ? { isCut } : {}),
      ...(annotationReply ? { annotationReply } : {}),
    }
  }
  const { code, message, status, refusal } = outcome.error
  return { type: 'run-error', code, message, status, ...(refusal && { details: refusal }) }
}

export function toRunFinish(outcome: AnyOutcome, now: number): RunFinish {
  if ('event' in outcome) return toWorkflowFinish(outcome, now)
  const isAnswer = 'usage' in outcome
  return {
    status: outcome.status,
    errorCode: isAnswer ? null : outcome.error.code,
    error: isAnswer ? null : outcome.error.message,
    totalTokens: isAnswer ? outcome.usage.totalTokens : 0,
    ledger: outcome.ledger ? JSON.stringify(outcome.ledger) : null,
    finishedAt: now,
  }
}

function toWorkflowFinish({ status, event }: WorkflowOutcome, now: number): RunFinish {
  const end = event.type === 'workflow-end' ? event : undefined
  return {
    status,
    errorCode: end?.code ?? null,
    error: end?.error ?? null,
    totalTokens: event.usage?.totalTokens ?? 0,
    ledger: end?.ledger ? JSON.stringify(end.ledger) : null,
    finishedAt: end ? now : null,
    workflow: {
      // The engine made them.
      outputs: dumpJson(event.outputs as Value),
      totalSteps: event.totalSteps,
      exceptionsCount: event.exceptionsCount,
      elapsedMs: event.elapsedMs,
    },
  }
}
