import { runEventSchema } from '@trellis/contracts'
import type { LiveEvents } from '@trellis/spec'
import { z } from 'zod'
import type { EventBatch } from './run-channel.ts'
import { runEventsChannel } from './run-publisher.ts'

const publishedBatch = z.object({ epoch: z.number(), firstOffset: z.number(), events: z.array(runEventSchema) })

/** What another process publishes of a run, for one reader here. */
export interface Inbox {
  /**
   * The batch that continues at the offset of that life; undefined where none came for a while, or where something is missing that
   * only the journal has. What comes after the missing part is kept meanwhile. Ends its waiting early where it is told to look again.
   */
  next(epoch: number | undefined, offset: number, silenceMs?: number): Promise<EventBatch | undefined>
  close(): Promise<void>
}

/** How long a reader relies on messages before it looks into the journal. */
const SILENCE_MS = 1000
/** About how long the journal takes to get what was published. */
const GAP_MS = 250
/** Most events that wait for a slow reader; it finds the rest in the journal. */
const MAX_WAITING_EVENTS = 2000

/** Live events may be away: all that they bring is in the journal as well, a little later. */
const ignore = async (): Promise<undefined> => undefined

/** What is published of a run that goes on after a pause: whoever waits for it looks again. */
export const LOOK_AGAIN = JSON.stringify({ type: 'look-again' })

export async function openInbox(liveEvents: LiveEvents, runId: string, signal: AbortSignal): Promise<Inbox> {
  let batches: EventBatch[] = []
  let waitingEvents = 0
  let onNews: (() => void) | undefined
  const empty = (): void => {
    batches = []
    waitingEvents = 0
  }
  const onMessage = (text: string): void => {
    const parsed = publishedBatch.safeParse(JSON.parse(text))
    if (!parsed.success) {
      onNews?.()
      return
    }
    if (waitingEvents > MAX_WAITING_EVENTS) empty()
    batches.push(parsed.data)
    waitingEvents += parsed.data.events.length
    onNews?.()
  }
  const unsubscribe = await liveEvents.subscribe(runEventsChannel(runId), onMessage).catch(() => ignore)
  const pause = (milliseconds: number, isForNews: boolean): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        onNews = undefined
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      signal.addEventListener('abort', end, { once: true })
      if (isForNews) onNews = end
      if (signal.aborted) end()
    })
  const takeFirst = (): void => {
    waitingEvents -= batches.shift()?.events.length ?? 0
  }
  return {
    async next(epoch, offset, silenceMs = SILENCE_MS) {
      for (let hasWaited = false; ; hasWaited = true) {
        while (batches[0] && isPast(batches[0], epoch, offset)) takeFirst()
        const [first] = batches
        if (first && continues(first, epoch, offset)) {
          takeFirst()
          return cut(first, offset)
        }
        if (first) await pause(GAP_MS, false)
        if (first || hasWaited || signal.aborted) return undefined
        await pause(silenceMs, true)
      }
    },
    async close() {
      empty()
      await unsubscribe().catch(ignore)
    },
  }
}

const isPast = (batch: EventBatch, epoch: number | undefined, offset: number): boolean =>
  batch.epoch < (epoch ?? 0) || ((epoch === undefined || batch.epoch === epoch) && batch.firstOffset + batch.events.length <= offset)

const continues = (batch: EventBatch, epoch: number | undefined, offset: number): boolean =>
  (epoch === undefined || batch.epoch === epoch) && batch.firstOffset <= offset

/** The part of a batch from the offset on. */
export function cut(batch: EventBatch, offset: number): EventBatch {
  if (batch.firstOffset >= offset) return batch
  return { ...batch, firstOffset: offset, events: batch.events.slice(offset - batch.firstOffset) }
}
