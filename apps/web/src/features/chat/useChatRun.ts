import type { FileInput } from '@trellis/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ChatEvent } from '../../api/types/conversations.ts'
import { createTask, followTurn, type Task } from './follow-turn.ts'
import { isTurnOpen, newTurn, type Turn } from './turn.ts'
import { type TurnFile, toFileInput } from './turn-file.ts'

export interface RunStart {
  readonly query: string
  readonly files: FileInput[]
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
  readonly send: (query: string, attachments?: readonly TurnFile[]) => void
  readonly stop: () => void
  /** Asks the last question again, in place of its answer. */
  readonly regenerate: () => void
  /** Reads on with the last turn, which waited for somebody. */
  readonly goOn: (open: (signal: AbortSignal) => AsyncGenerator<ChatEvent, void, undefined>) => void
  readonly clear: () => void
}

/** The turns of one conversation: sends, streams with one redraw a frame, stops, asks again. */
export function useChatRun({ start, stop, onEnd }: ChatRunOptions): ChatRun {
  const [turns, setTurns] = useState<readonly Turn[]>([])
  const controller = useRef<AbortController | null>(null)
  const task = useRef<Task | null>(null)
  const nextKey = useRef(0)
  useEffect(() => () => controller.current?.abort(), [])

  const replaceTurn = useCallback((turn: Turn) => setTurns((current) => current.map((old) => (old.key === turn.key ? turn : old))), [])

  const follow = useCallback(
    async (first: Turn, events: AsyncIterable<ChatEvent>, abort: AbortController) => {
      const currentTask = createTask((taskId) => void stop(taskId).catch(() => abort.abort()))
      task.current = currentTask
      const { signal } = abort
      const turn = await followTurn({ first, events, signal, task: currentTask, onChange: replaceTurn, draw: requestAnimationFrame })
      if (!signal.aborted) onEnd?.(turn)
    },
    [stop, replaceTurn, onEnd],
  )

  const run = useCallback(
    async (before: readonly Turn[], { query, attachments = [] }: Pick<Turn, 'query' | 'attachments'>) => {
      const abort = new AbortController()
      controller.current?.abort()
      controller.current = abort
      nextKey.current += 1
      const first = { ...newTurn(String(nextKey.current), query), attachments }
      setTurns([...before, first])
      const previous = before.findLast((turn) => turn.conversationId !== undefined)
      const files = attachments.map(toFileInput)
      const input = { query, files, conversationId: previous?.conversationId, parentMessageId: previous?.messageId }
      await follow(first, start(input, abort.signal), abort)
    },
    [start, follow],
  )

  const last = turns.at(-1)
  const isStreaming = isTurnOpen(last)
  return {
    turns,
    isStreaming,
    send: (query, attachments = []) => void run(turns, { query, attachments }),
    regenerate: () => last && void run(turns.slice(0, -1), last),
    stop: () => {
      if (!last || !isStreaming) return
      // The stream goes on to its end, which brings the usage.
      task.current?.stop()
      replaceTurn({ ...last, status: 'stopped' })
    },
    goOn: (open) => {
      if (!last) return
      const abort = new AbortController()
      controller.current?.abort()
      controller.current = abort
      const first: Turn = { ...last, status: 'streaming' }
      replaceTurn(first)
      void follow(first, open(abort.signal), abort)
    },
    clear: () => {
      controller.current?.abort()
      setTurns([])
    },
  }
}
