import { ApiError } from '@trellis/client'
import { isConnectionLoss } from './follow-message.ts'
import { untilLast } from './until-last.ts'
import type { RunFrame } from './web-app-api.ts'

/** Where a run is gone on with: after a frame that was read. */
export interface RunPlace {
  readonly runId: string
  /** Of the frame; absent: from now on, or the end of a run that is over. */
  readonly lastEventId: string | undefined
}

export interface FollowRunOptions {
  /** The first connection: a new run, or an old one's events. */
  readonly open: () => AsyncIterable<RunFrame>
  readonly resume: (place: RunPlace) => AsyncIterable<RunFrame>
  /** Known where an old run is read. */
  readonly place?: RunPlace | undefined
  /** Waits before the next try, longer each time; rejects when the reader leaves. */
  readonly pause: (attempt: number) => Promise<void>
  readonly onConnection: (isConnected: boolean) => void
}

/** Streams that tell nothing, one after the other, before the run is given up. */
const MAX_MUTE_STREAMS = 3

/**
 * A run's frames to its end, across its pauses and lost connections. Throws what the first connection throws where nothing was said
 * yet: nobody knows whether there is a run.
 */
export async function* followRun({ open, resume, pause, onConnection, ...options }: FollowRunOptions): AsyncGenerator<RunFrame> {
  let { place } = options
  let attempt = 0
  let muteStreams = 0
  let isPaused = false
  let stream = open()
  for (;;) {
    let isMute = true
    try {
      for await (const frame of untilLast(stream, isLast)) {
        isMute = false
        attempt = 0
        const { event } = frame
        place = { runId: event.workflow_run_id, lastEventId: frame.id ?? place?.lastEventId }
        onConnection(true)
        yield frame
        if (isLast(frame)) return
        isPaused = event.event === 'workflow_paused'
      }
      // What waits for somebody may be silent for long.
      muteStreams = isMute && !isPaused ? muteStreams + 1 : 0
      if (place === undefined || muteStreams >= MAX_MUTE_STREAMS) {
        throw new ApiError({ code: 'stream_unfinished', message: '', status: 200 })
      }
      // Its events may not be kept any more: its end is.
      if (isMute && !isPaused) place = { runId: place.runId, lastEventId: undefined }
    } catch (error) {
      if (place === undefined || !isConnectionLoss(error)) throw error
      onConnection(false)
    }
    await pause(attempt)
    attempt += 1
    stream = resume(place)
  }
}

const isLast = ({ event }: RunFrame): boolean => event.event === 'workflow_finished'
