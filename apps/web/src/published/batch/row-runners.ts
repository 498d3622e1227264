import { ApiError } from '@trellis/client'
import { applyChatEvent, newTurn } from '../../features/chat/turn.ts'
import { applyFrame, newRun } from '../../features/workflow/run-progress.ts'
import { askUntilTaken } from '../api/ask-until-taken.ts'
import { followMessage, type Pause } from '../api/follow-message.ts'
import { followRun } from '../api/follow-run.ts'
import type { Sending, WebAppApi } from '../api/web-app-api.ts'
import type { BatchPorts, RowOutcome } from './batch-run.ts'

export interface RunnerTexts {
  readonly textOf: (error: unknown) => string
  /** Of a stream that ended without an end. */
  readonly unfinished: string
  /** Heads the column of generated texts. */
  readonly result: string
}

export interface RunnerPorts {
  readonly api: WebAppApi
  readonly texts: RunnerTexts
  readonly onConnection: (isConnected: boolean) => void
  /** Waits before another try to reach the server. */
  readonly pause: Pause
}

type RunRow = BatchPorts['runRow']

/** One run of the published workflow a row. */
export function workflowRunner(ports: RunnerPorts): RunRow {
  const { api, texts } = ports
  return async (inputs, signal) => {
    let run = newRun
    const open = () => ask(ports, signal, (sending) => api.runWorkflow({ ...inputs }, sending))
    try {
      for await (const { event } of followRun({ ...waysBack(ports, signal), open, resume: (place) => api.followWorkflow(place, signal) })) {
        run = applyFrame(run, event)
        // Nobody sits behind a row to answer what it asks.
        if (event.event === 'workflow_paused') break
      }
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
export function textRunner(ports: RunnerPorts): RunRow {
  const { api, texts } = ports
  return async (inputs, signal) => {
    let turn = newTurn('row', '')
    const open = () => ask(ports, signal, (sending) => api.complete({ inputs: { ...inputs }, files: [] }, sending))
    const resume = (id: string, lastEventId: string | undefined) => api.resume(id, lastEventId, signal)
    try {
      for await (const { event } of followMessage({ ...waysBack(ports, signal), open, resume })) turn = applyChatEvent(turn, event)
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

const waysBack = ({ pause, onConnection }: RunnerPorts, signal: AbortSignal) => ({
  pause: (attempt: number) => pause(attempt, signal),
  onConnection,
})

const ask = <Frame>(ports: RunnerPorts, signal: AbortSignal, send: (sending: Sending) => AsyncIterable<Frame>) =>
  askUntilTaken({ ...waysBack(ports, signal), open: (askId) => send({ askId, signal }) })

/** A row that was refused for want of room runs again by itself, later. */
function failureOf(error: unknown, signal: AbortSignal, texts: RunnerTexts): RowOutcome {
  signal.throwIfAborted()
  return { status: isRefusal(error) ? 'busy' : 'failed', error: texts.textOf(error) }
}

/** Said before a run begins, by the server or a proxy that keeps requests back; of one that has begun the stream tells. */
const isRefusal = (error: unknown): boolean => error instanceof ApiError && error.status === 429
