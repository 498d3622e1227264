import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import type { ChatEvent } from '../../api/types/conversations.ts'
import { applyChatEvent, closeTurn, failTurn, isTurnOpen, newTurn, type Turn } from './turn.ts'

export interface RunStart {
  readonly query: string
  /** Set while a conversation goes on. */
  readonly conversationId: string | undefined
  /** The answer that this turn follows. */
  readonly parentMessageId: string | undefined
}

export interface ChatRunOptions {
  /** Opens the event stream of one turn. */
  readonly start: (input: RunStart, signal: AbortSignal) => AsyncGenerator<ChatEvent, void, undefined>
  /** Asks the server to stop writing. */
  readonly stop: (taskId: string) => Promise<void>
  readonly onEnd?: ((turn: Turn) => void) | undefined
}

export interface ChatRun {
  readonly turns: readonly Turn[]
  readonly isStreaming: boolean
  readonly send: (query: string) => void
  readonly stop: () => void
  /** Asks the last question again, in place of its answer. */
  readonly regenerate: () => void
  readonly clear: () => void
}

/** The turns of one conversation: sends, streams with one redraw a frame, stops, asks again. */
export function useChatRun({ start, stop, onEnd }: ChatRunOptions): ChatRun {
  const [turns, setTurns] = useState<readonly Turn[]>([])
  const controller = useRef<AbortController | null>(null)
  const nextKey = useRef(0)
  useEffect(() => () => controller.current?.abort(), [])

  const replaceTurn = useCallback((turn: Turn) => setTurns((current) => current.map((old) => (old.key === turn.key ? turn : old))), [])

  const run = useCallback(
    async (before: readonly Turn[], query: string) => {
      const abort = new AbortController()
      controller.current?.abort()
      controller.current = abort
      nextKey.current += 1
      const first = newTurn(String(nextKey.current), query)
      setTurns([...before, first])
      const previous = before.findLast((turn) => turn.conversationId !== undefined)
      const input = { query, conversationId: previous?.conversationId, parentMessageId: previous?.messageId }
      const turn = await follow({ first, events: start(input, abort.signal), signal: abort.signal, onChange: replaceTurn })
      if (!abort.signal.aborted) onEnd?.(turn)
    },
    [start, replaceTurn, onEnd],
  )

  const last = turns.at(-1)
  const isStreaming = isTurnOpen(last)
  return {
    turns,
    isStreaming,
    send: (query) => void run(turns, query),
    regenerate: () => last && void run(turns.slice(0, -1), last.query),
    stop: () => {
      if (!last || !isStreaming) return
      // With a task the stream goes on to its end, which brings the usage; before it has one there is nothing to stop but the request.
      if (last.taskId === undefined) controller.current?.abort()
      else void stop(last.taskId).catch(() => controller.current?.abort())
      replaceTurn({ ...last, status: 'stopped' })
    },
    clear: () => {
      controller.current?.abort()
      setTurns([])
    },
  }
}

interface Following {
  readonly first: Turn
  readonly events: AsyncGenerator<ChatEvent, void, undefined>
  readonly signal: AbortSignal
  readonly onChange: (turn: Turn) => void
}

/** Folds a stream into its turn, telling of it at most once a frame. */
async function follow({ first, events, signal, onChange }: Following): Promise<Turn> {
  let turn = first
  let frame: number | undefined
  const show = () => {
    frame = undefined
    onChange(turn)
  }
  try {
    for await (const event of events) {
      turn = applyChatEvent(turn, event)
      frame ??= requestAnimationFrame(show)
    }
    turn = closeTurn(turn)
  } catch (error) {
    if (signal.aborted) turn = closeTurn(turn)
    else turn = failTurn(turn, toTurnError(error))
  }
  if (frame !== undefined) cancelAnimationFrame(frame)
  onChange(turn)
  return turn
}

function toTurnError(error: unknown): { code: string; message: string } {
  return error instanceof ApiError ? { code: error.code, message: error.message } : { code: 'unexpected', message: '' }
}
