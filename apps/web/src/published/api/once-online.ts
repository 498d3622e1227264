import { ApiError } from '@trellis/client'

export interface OnceOnlineOptions<Frame> {
  readonly open: () => AsyncIterable<Frame>
  /** Waits before the next try, longer each time, until the net is back; rejects when the reader leaves. */
  readonly pause: (attempt: number) => Promise<void>
  readonly onConnection: (isConnected: boolean) => void
  /** Nobody has stopped it while it waited. */
  readonly isWanted?: () => boolean
}

/**
 * What is sent while the browser knows of no net, or to a server that is about to go, is sent again when there is one. Only what
 * never reached anybody: the loss of a request that was on its way is thrown, for the server may have taken it.
 */
export async function* onceOnline<Frame>({
  open,
  pause,
  onConnection,
  isWanted,
}: OnceOnlineOptions<Frame>): AsyncGenerator<Frame, void, undefined> {
  for (let attempt = 0; ; attempt += 1) {
    // False alone says something: a server on this machine is reached without a net.
    const wasOffline = navigator.onLine === false
    let hasBegun = false
    try {
      for await (const frame of open()) {
        hasBegun = true
        yield frame
      }
      return
    } catch (error) {
      if (hasBegun || !wasNotTaken(error, wasOffline)) throw error
    }
    onConnection(false)
    await pause(attempt)
    if (isWanted?.() === false) return
  }
}

/** A proxy's own 503 says nothing of what it had passed on. */
const wasNotTaken = (error: unknown, wasOffline: boolean): boolean =>
  error instanceof ApiError &&
  ((wasOffline && error.code === 'network_unreachable') || (error.isCoded && error.code === 'service_unavailable'))
