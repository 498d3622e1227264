import { ApiError } from '@trellis/client'
import { applyChatEvent, newTurn } from '../../features/chat/turn.ts'
import { applyFrame, newRun } from '../../features/workflow/run-progress.ts'
import { isConnectionLoss } from '../api/follow-message.ts'
import type { WebAppApi } from '../api/web-app-api.ts'
import type { BatchPorts, RowOutcome } from './batch-run.ts'

export interface RunnerTexts {
  readonly textOf: (error: unknown) => string
  /** Of a stream that ended without an end. */
  readonly unfinished: string
  /** Heads the column of generated texts. */
  readonly result: string
}

type RunRow = BatchPorts['runRow']

/** One run of the published workflow a row. */
export function workflowRunner(api: WebAppApi, texts: RunnerTexts): RunRow {
  return async (inputs, signal) => {
    let run = newRun
    try {
      for await (const frame of api.runWorkflow({ ...inputs }, signal)) run = applyFrame(run, frame)
    } catch (error) {
      // Best effort: a run whose task is not known yet ends by itself.
      if (signal.aborted && run.taskId !== undefined) await api.stopWorkflow(run.taskId).catch(() => undefined)
      return failureOf(error, { signal, hasBegun: run.taskId !== undefined, texts })
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
      for await (const { event } of api.complete({ inputs: { ...inputs }, files: [] }, signal)) turn = applyChatEvent(turn, event)
    } catch (error) {
      // As above.
      if (signal.aborted && turn.taskId !== undefined) await api.stop('completion', turn.taskId).catch(() => undefined)
      return failureOf(error, { signal, hasBegun: turn.taskId !== undefined, texts })
    }
    const outputs = turn.answer === '' ? {} : { [texts.result]: turn.answer }
    if (turn.status === 'done') return { status: 'succeeded', outputs }
    return { status: 'failed', error: turn.error ? texts.textOf(turn.error) : texts.unfinished, outputs }
  }
}

interface Attempt {
  readonly signal: AbortSignal
  readonly hasBegun: boolean
  readonly texts: RunnerTexts
}

function failureOf(error: unknown, { signal, hasBegun, texts }: Attempt): RowOutcome {
  signal.throwIfAborted()
  const isBusy = !hasBegun && (isConnectionLoss(error) || (error instanceof ApiError && error.status === 429))
  return { status: isBusy ? 'busy' : 'failed', error: texts.textOf(error) }
}
