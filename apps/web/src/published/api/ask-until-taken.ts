import { ApiError } from '@trellis/client'
import type { RefusalReason } from '@trellis/contracts'
import { isConnectionLoss, unfinished } from './follow-message.ts'
import { type Ask, passingAsk } from './kept-asks.ts'

export interface AskUntilTakenOptions<Frame> {
  /** Kept until it was taken, refused or left; absent: a page that is loaded anew knows nothing of it. */
  readonly ask?: Ask<unknown>
  /** Sends it; always under the same name, by which the server knows what it has taken already. */
  readonly open: (askId: string) => AsyncIterable<Frame>
  /** Waits before the next try, longer each time, until the net is back; rejects when the reader leaves. */
  readonly pause: (attempt: number) => Promise<void>
  readonly onConnection: (isConnected: boolean) => void
  /** Nobody has stopped it while it waited. */
  readonly isWanted?: () => boolean
}

/** Streams that end without a word, one after the other, before it counts as failed. */
const MAX_MUTE_STREAMS = 3

/**
 * Asks for something, again and again while nobody can be reached, until the first frame of its stream says that it was taken.
 * Throws what it is refused with, and what happens behind that frame: from there on it is gone on with by its id.
 */
export async function* askUntilTaken<Frame>({
  ask = passingAsk(undefined),
  ...options
}: AskUntilTakenOptions<Frame>): AsyncGenerator<Frame, void, undefined> {
  try {
    yield* sendUntilTaken({ ...options, ask })
  } finally {
    ask.forget()
  }
}

async function* sendUntilTaken<Frame>({
  ask,
  open,
  pause,
  onConnection,
  isWanted,
}: AskUntilTakenOptions<Frame> & { readonly ask: Ask<unknown> }): AsyncGenerator<Frame, void, undefined> {
  let mayBeTaken = ask.isRepeated
  let muteStreams = 0
  for (let attempt = 0; ; attempt += 1) {
    // False alone says something: a server on this machine is reached without a net.
    const wasOffline = navigator.onLine === false
    let isTaken = false
    try {
      for await (const frame of open(ask.id)) {
        const isFirst = !isTaken
        isTaken = true
        yield frame
        // Whoever has read it knows by now how to go on with it.
        if (isFirst) ask.forget()
      }
      if (isTaken) return
      muteStreams += 1
      mayBeTaken = true
      if (muteStreams >= MAX_MUTE_STREAMS) throw unfinished()
    } catch (error) {
      if (isTaken || !isConnectionLoss(error)) throw error
      mayBeTaken ||= !neverLeft(error, wasOffline)
    }
    onConnection(false)
    await pause(attempt)
    // What was stopped is only followed up where it may have been taken: its first frame tells what there is to stop.
    if (!mayBeTaken && isWanted?.() === false) return
  }
}

/** With these the server takes nothing: a stream has its 200 before the run that was taken is asked for anything. */
const refusals: ReadonlySet<string> = new Set(['service_unavailable', 'dependency_unavailable'])

/** Alone of them it may come of a run that was taken: the database broke off in the commit, or in what is read behind it. */
const isDatabaseAway = ({ details }: ApiError): boolean =>
  typeof details === 'object' && details !== null && 'reason' in details && details.reason === ('database_away' satisfies RefusalReason)

/** The browser knew of no net, or the server said that it takes nothing; a proxy's own 503 says nothing of what it had passed on. */
const neverLeft = (error: unknown, wasOffline: boolean): boolean =>
  error instanceof ApiError &&
  ((wasOffline && error.code === 'network_unreachable') || (error.isCoded && refusals.has(error.code) && !isDatabaseAway(error)))
