import { ApiError } from '@trellis/client'
import { closeTurn, failTurn, isTurnOpen, type Turn, type TurnError } from '../../features/chat/turn.ts'
import type { MessageFrame } from './web-app-api.ts'

export interface RunTurnOptions<T extends Turn> {
  readonly turn: T
  readonly frames: AsyncIterable<MessageFrame>
  readonly apply: (turn: T, frame: MessageFrame) => T
  /** Told of the turn at most once in a drawn frame, and at its end. */
  readonly onChange: (turn: T) => void
  /** What a person did to the turn meanwhile (a stop). */
  readonly read: () => T
  readonly draw: (show: () => void) => void
}

/** Folds a stream into its turn and gives the turn as it ended. A stream that was left on purpose throws its reason. */
export async function runTurn<T extends Turn>({ turn, frames, apply, onChange, read, draw }: RunTurnOptions<T>): Promise<T> {
  let current = turn
  let isDrawing = false
  let isOver = false
  const show = () => {
    isDrawing = false
    // Stopped since that frame was read: it stays stopped.
    if (!isOver) onChange(isTurnOpen(current) && read().status === 'stopped' ? { ...current, status: 'stopped' } : current)
  }
  try {
    for await (const frame of frames) {
      const isStopped = read().status === 'stopped'
      current = apply(isStopped ? { ...current, status: 'stopped' } : current, frame)
      if (isDrawing) continue
      isDrawing = true
      draw(show)
    }
    current = closeTurn(current)
  } catch (error) {
    if (isLeft(error)) throw error
    current = read().status === 'stopped' ? { ...current, status: 'stopped' } : failTurn(current, toTurnError(error))
  } finally {
    isOver = true
  }
  onChange(current)
  return current
}

/** The reader went away on purpose. */
function isLeft(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

function toTurnError(error: unknown): TurnError {
  return error instanceof ApiError
    ? { code: error.code, message: error.message, details: error.details }
    : { code: 'network_unreachable', message: '' }
}
