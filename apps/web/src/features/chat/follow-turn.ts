import { ApiError } from '../../api/api-error.ts'
import type { ChatEvent } from '../../api/types/conversations.ts'
import { applyChatEvent, closeTurn, failTurn, isTurnOpen, type Turn, type TurnError } from './turn.ts'

/** What the server calls a turn while it is answered, by which it can be stopped. */
export interface Task {
  /** The turn has a name now; a stop that was asked for before is sent. */
  learn(id: string): void
  stop(): void
  isStopped(): boolean
}

export function createTask(send: (taskId: string) => void): Task {
  let id: string | undefined
  let isStopped = false
  return {
    learn(next) {
      if (id !== undefined) return
      id = next
      if (isStopped) send(next)
    },
    stop() {
      if (isStopped) return
      isStopped = true
      if (id !== undefined) send(id)
    },
    isStopped: () => isStopped,
  }
}

export interface FollowOptions {
  readonly first: Turn
  readonly events: AsyncIterable<ChatEvent>
  readonly signal: AbortSignal
  readonly task: Task
  readonly onChange: (turn: Turn) => void
  /** Calls back when the next picture is drawn. */
  readonly draw: (show: () => void) => unknown
}

/** Folds a stream into its turn, telling of it at most once a frame and at its end. What a person stopped stays stopped. */
export async function followTurn({ first, events, signal, task, onChange, draw }: FollowOptions): Promise<Turn> {
  let turn = first
  let isDrawing = false
  let isOver = false
  const show = () => {
    isDrawing = false
    if (!isOver) onChange(isTurnOpen(turn) ? marked() : turn)
  }
  const marked = (): Turn => (task.isStopped() ? { ...turn, status: 'stopped' } : turn)
  try {
    for await (const event of events) {
      turn = applyChatEvent(marked(), event)
      if (turn.taskId !== undefined) task.learn(turn.taskId)
      if (isDrawing) continue
      isDrawing = true
      draw(show)
    }
    turn = closeTurn(marked())
  } catch (error) {
    turn = signal.aborted || task.isStopped() ? closeTurn(marked()) : failTurn(turn, toTurnError(error))
  }
  isOver = true
  onChange(turn)
  return turn
}

function toTurnError(error: unknown): TurnError {
  return error instanceof ApiError
    ? { code: error.code, message: error.message, details: error.details['details'] }
    : { code: 'unexpected', message: '' }
}
