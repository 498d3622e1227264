import { ApiError } from '@trellis/client'
import { applyChatEvent, newTurn } from '../../features/chat/turn.ts'
import { applyFrame, newRun } from '../../features/workflow/run-progress.ts'
import { isConnectionLoss } from '../api/follow-message.ts'
import { newAskId } from '../api/new-ask-id.ts'
import type { WebAppApi } from '../api/web-app-api.ts'
import type { BatchPorts, RowOutcome } from './batch-run.ts'

export interface RunnerTexts {
  readonly textOf: (error: unknown) => string
  /** Of a stream that ended without an end. */
  readonly unfinished: string
  /** Of a connection that was lost: nobody here knows what the server made of the row. */
  readonly mayHaveRun: string
  /** Heads the column of generated texts. */
  readonly result: string
}

type RunRow = BatchPorts['runRow']

/** One run of the published workflow a row. */
export function workflowRunner(api: WebAppApi, texts: RunnerTexts): RunRow {
  return async (inputs, signal) => {
    let run = newRun
    try {
      for await (const { event } of api.runWorkflow({ ...inputs }, { askId: newAskId(), signal })) run = applyFrame(run, event)
    } catch (error) {
      // Best effort: a run whose task is not known yet ends by itself.
      if (signal.aborted && run.taskId !== undefined) await api.stopWorkflow(run.taskId).catch(() => undefined)
      return failureOf(error, signal, texts)
    }
    const outputs = run.outputs ?? {}
    if (run.status === 'succeeded' || run.status === 'partial-succeeded') return { status: 'succeeded', outputs }
    return { status: 'failed', error: run.error ?? texts.unfinished, outputs }
  }
}

/** One text a row. */
export function textRunner(api: WebAppApi, texts: RunnerTexts): RunRow {
  return async (inputs, signal) => {
    let turn = newTurn('row', '')
    try {
      for await (const { event } of api.complete({ inputs: { ...inputs }, files: [] }, { askId: newAskId(), signal }))
        turn = applyChatEvent(turn, event)
    } catch (error) {
      // As above.
      if (signal.aborted && turn.taskId !== undefined) await api.stop('completion', turn.taskId).catch(() => undefined)
      return failureOf(error, signal, texts)
    }
    const outputs = turn.answer === '' ? {} : { [texts.result]: turn.answer }
    if (turn.status === 'done') return { status: 'succeeded', outputs }
    return { status: 'failed', error: turn.error ? texts.textOf(turn.error) : texts.unfinished, outputs }
  }
}

/** Only a row that the server refused runs again by itself: one that it may have taken has its effects already. */
function failureOf(error: unknown, signal: AbortSignal, texts: RunnerTexts): RowOutcome {
  signal.throwIfAborted()
  if (isRefusal(error)) return { status: 'busy', error: texts.textOf(error) }
  return { status: 'failed', error: isConnectionLoss(error) ? texts.mayHaveRun : texts.textOf(error) }
}

/**
 * Said before a run begins; of one that has begun the stream tells. A proxy says 429 of requests that it keeps back, but 503 also where
 * the server was lost behind it, with the row.
 */
const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 429 || (error.isCoded && error.code === 'service_unavailable'))
