import { isConnectionLoss, type Pause } from './follow-message.ts'

export interface SendStopOptions {
  readonly stop: () => Promise<void>
  /** There still is something to stop. */
  readonly isOpen: () => boolean
  /** Waits before the next try, longer each time. */
  readonly pause: (attempt: number) => Promise<void>
}

/** Sends the wish that an answer stop, again and again while nobody can be reached: the server writes on meanwhile. Throws a refusal. */
export async function sendStop({ stop, isOpen, pause }: SendStopOptions): Promise<void> {
  for (let attempt = 0; isOpen(); attempt += 1) {
    try {
      return await stop()
    } catch (error) {
      if (!isConnectionLoss(error)) throw error
    }
    await pause(attempt)
  }
}

export interface FollowedAnswers {
  /** What ends the reading of each, by a key. */
  readonly controllers: ReadonlyMap<string, AbortController>
  readonly pause: Pause
}

/** Sends the wish that one of the answers that are read stop. Where that is refused, it is read no longer. */
export function stopFollowed({ controllers, pause }: FollowedAnswers, key: string, stop: () => Promise<void>): void {
  const controller = controllers.get(key)
  if (!controller) return
  const isOpen = () => controllers.get(key) === controller
  void sendStop({ stop, isOpen, pause: (attempt) => pause(attempt, controller.signal) }).catch(() => controller.abort())
}
