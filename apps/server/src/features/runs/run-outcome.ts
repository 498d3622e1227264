import type { AppError, LatencyLedger, RunEvent, Usage } from '@trellis/contracts'
import type { RunFinish } from './runs.repository.ts'

/** How a run ended. */
export type RunOutcome =
  | { readonly status: 'succeeded' | 'stopped'; readonly usage: Usage; readonly ledger: LatencyLedger }
  | { readonly status: 'failed' | 'interrupted'; readonly error: AppError; readonly ledger?: LatencyLedger }

export function toTerminalEvent(outcome: RunOutcome): RunEvent {
  if ('usage' in outcome) return { type: 'run-end', usage: outcome.usage, ledger: outcome.ledger, isStopped: outcome.status === 'stopped' }
  return { type: 'run-error', code: outcome.error.code, message: outcome.error.message, status: outcome.error.status }
}

export function toRunFinish(outcome: RunOutcome, now: number): RunFinish {
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
