import { ApiError } from '@trellis/client'
import { untilLast } from './until-last.ts'
import type { MessageFrame } from './web-app-api.ts'

export interface FollowOptions {
  /** The first connection: a new run, or an old one's events from the beginning. */
  readonly open: () => AsyncIterable<MessageFrame>
  /** Goes on with a message after a frame. */
  readonly resume: (messageId: string, lastEventId: string | undefined) => AsyncIterable<MessageFrame>
  /** Known where an old run is read. */
  readonly messageId?: string | undefined
  /** Waits before the next try, longer each time; rejects when the reader leaves. */
  readonly pause: (attempt: number) => Promise<void>
  readonly onConnection?: (isConnected: boolean) => void
}

/** Streams that end without an end, one after the other, before the history is asked instead. */
const MAX_MUTE_STREAMS = 3

/**
 * A message's frames to their end, across lost connections. Throws what the first connection throws (nothing was said yet, so
 * the caller decides), and ApiError `stream_unfinished` where the server knows no more than it said.
 */
export async function* followMessage(options: FollowOptions): AsyncGenerator<MessageFrame, void, undefined> {
  const { open, resume, pause, onConnection } = options
  let { messageId } = options
  let lastEventId: string | undefined
  let isChatflow = false
  let isPaused = false
  let muteStreams = 0
  let attempt = 0
  let stream = open()
  const isOver = (frame: MessageFrame): boolean => {
    isChatflow ||= 'workflow_run_id' in frame.event
    return isLast(frame, isChatflow)
  }
  for (;;) {
    let isMute = true
    try {
      for await (const frame of untilLast(stream, isOver)) {
        isMute = false
        attempt = 0
        messageId = frame.event.message_id
        lastEventId = frame.id ?? lastEventId
        onConnection?.(true)
        yield frame
        isPaused = frame.event.event === 'workflow_paused'
        if (isOver(frame)) return
      }
      // The server lets go of a run that waits for somebody; whoever answers goes on with it.
      if (isPaused) return
      muteStreams = isMute ? muteStreams + 1 : 0
      if (muteStreams >= MAX_MUTE_STREAMS || messageId === undefined) throw unfinished()
    } catch (error) {
      if (messageId === undefined || !isConnectionLoss(error)) throw error
      onConnection?.(false)
    }
    await pause(attempt)
    attempt += 1
    stream = resume(messageId, lastEventId)
  }
}

/** The answer of a chatflow has its end before its run has. */
function isLast({ event }: MessageFrame, isChatflow: boolean): boolean {
  return event.event === 'error' || event.event === 'workflow_finished' || (event.event === 'message_end' && !isChatflow)
}

export function unfinished(): ApiError {
  return new ApiError({ code: 'stream_unfinished', message: '', status: 200 })
}

const passing: ReadonlySet<string> = new Set(['network_unreachable', 'service_unavailable', 'dependency_unavailable'])

/** Nobody answered, a proxy answered for a server that is away, the server lacks what it needs, or the connection broke in mid-stream. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof ApiError) return passing.has(error.code)
  return error instanceof TypeError
}

/** Waits before the next try, longer each time; rejects when the signal aborts. */
export type Pause = (attempt: number, signal: AbortSignal) => Promise<void>

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 8000

/** Doubles from half a second to eight, cut short when the browser says that the network is back. */
export const backOff: Pause = (attempt, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(wake, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt))
    function clear() {
      clearTimeout(timer)
      window.removeEventListener('online', wake)
      signal.removeEventListener('abort', leave)
    }
    function wake() {
      clear()
      resolve()
    }
    function leave() {
      clear()
      reject(signal.reason)
    }
    window.addEventListener('online', wake)
    signal.addEventListener('abort', leave)
    if (signal.aborted) leave()
  })
