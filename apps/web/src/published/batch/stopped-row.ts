import type { Pause } from '../api/follow-message.ts'
import { sendStop } from '../api/send-stop.ts'

/** The reading of one row, which goes on until its run can be stopped by name. */
export interface Row {
  /** Ends the reading. */
  readonly signal: AbortSignal
  readonly isWanted: () => boolean
  /** Each frame may tell the name of the task. Throws the reason of the wish that it stop. */
  learn(taskId: string | undefined): void
  /** There is nothing to stop any more. */
  leave(): void
}

/**
 * Where the wish that a row stop comes before its first frame, it waits for that: what has no name yet cannot be stopped, and would run to its
 * end on the server.
 */
export function createRow({ pause }: { readonly pause: Pause }, wish: AbortSignal, stop: (taskId: string) => Promise<void>): Row {
  const reading = new AbortController()
  let taskId: string | undefined
  const leave = () => wish.removeEventListener('abort', fulfil)
  function fulfil() {
    if (taskId === undefined || reading.signal.aborted) return
    const named = taskId
    leave()
    reading.abort(wish.reason)
    // Nobody reads on and learns of an end: it is sent until it arrives or is refused.
    const never = new AbortController().signal
    void sendStop({ stop: () => stop(named), isOpen: () => true, pause: (attempt) => pause(attempt, never) }).catch(() => undefined)
  }
  wish.addEventListener('abort', fulfil)
  return {
    signal: reading.signal,
    isWanted: () => !wish.aborted,
    learn(told) {
      taskId ??= told
      if (taskId === undefined || !wish.aborted) return
      fulfil()
      throw wish.reason
    },
    leave,
  }
}
