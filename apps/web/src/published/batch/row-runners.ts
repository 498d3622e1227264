import { ApiError } from '@trellis/client'
import { applyChatEvent, newTurn } from '../../features/chat/turn.ts'
import { applyFrame, newRun } from '../../features/workflow/run-progress.ts'
import { askUntilTaken } from '../api/ask-until-taken.ts'
import { followMessage, type Pause } from '../api/follow-message.ts'
import { followRun, type RunPlace } from '../api/follow-run.ts'
import type { Sending, WebAppApi } from '../api/web-app-api.ts'
import type { BatchPorts, RowOutcome } from './batch-run.ts'
import { createRow, type Row } from './stopped-row.ts'

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
  return async (inputs, wish) => {
    let run = newRun
    const row = createRow(ports, wish, (taskId) => api.stopWorkflow(taskId))
    const open = () => ask(ports, row, (sending) => api.runWorkflow({ ...inputs }, sending))
    const resume = (place: RunPlace) => api.followWorkflow(place, row.signal)
    try {
      for await (const { event } of followRun({ ...waysBack(ports, row), open, resume })) {
        run = applyFrame(run, event)
        row.learn(run.taskId)
        // Nobody sits behind a row to answer what it asks.
        if (event.event === 'workflow_paused') break
      }
    } catch (error) {
      return failureOf(error, wish, texts)
    } finally {
      row.leave()
    }
    const outputs = run.outputs ?? {}
    if (run.status === 'succeeded' || run.status === 'partial-succeeded') return { status: 'succeeded', outputs }
    return { status: 'failed', error: run.error ?? texts.unfinished, outputs }
  }
}

/** One text a row. */
export function textRunner(ports: RunnerPorts): RunRow {
  const { api, texts } = ports
  return async (inputs, wish) => {
    let turn = newTurn('row', '')
    const row = createRow(ports, wish, (taskId) => api.stop('completion', taskId))
    const open = () => ask(ports, row, (sending) => api.complete({ inputs: { ...inputs }, files: [] }, sending))
    const resume = (id: string, lastEventId: string | undefined) => api.resume(id, lastEventId, row.signal)
    try {
      for await (const { event } of followMessage({ ...waysBack(ports, row), open, resume })) {
        turn = applyChatEvent(turn, event)
        row.learn(turn.taskId)
      }
    } catch (error) {
      return failureOf(error, wish, texts)
    } finally {
      row.leave()
    }
    const outputs = turn.answer === '' ? {} : { [texts.result]: turn.answer }
    if (turn.status === 'done') return { status: 'succeeded', outputs }
    return { status: 'failed', error: turn.error ? texts.textOf(turn.error) : texts.unfinished, outputs }
  }
}

const waysBack = ({ pause, onConnection }: RunnerPorts, { signal }: Row) => ({
  pause: (attempt: number) => pause(attempt, signal),
  onConnection,
})

const ask = <Frame>(ports: RunnerPorts, row: Row, send: (sending: Sending) => AsyncIterable<Frame>) =>
  askUntilTaken({ ...waysBack(ports, row), isWanted: row.isWanted, open: (askId) => send({ askId, signal: row.signal }) })

/** A row that was refused for want of room runs again by itself, later. */
function failureOf(error: unknown, signal: AbortSignal, texts: RunnerTexts): RowOutcome {
  signal.throwIfAborted()
  return { status: isRefusal(error) ? 'busy' : 'failed', error: texts.textOf(error) }
}

/** Said before a run begins, by the server or a proxy that keeps requests back; of one that has begun the stream tells. */
const isRefusal = (error: unknown): boolean => error instanceof ApiError && error.status === 429
