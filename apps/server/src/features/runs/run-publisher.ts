import type { LiveEvents, Logger } from '@trellis/spec'
import type { RunChannel } from './run-channel.ts'

export const runEventsChannel = (runId: string): string => `run:${runId}`

/** Sends runs of this process to readers in other ones. */
export interface RunPublisher {
  /** Sends events from the offset on until the run's end; a run that is being sent already is passed over. Never rejects. */
  publish(channel: RunChannel, fromOffset: number): Promise<void>
}

export interface RunPublisherDependencies {
  readonly liveEvents: LiveEvents
  readonly logger: Logger
  /** That live events cannot be reached is told elsewhere; absent: it never is. */
  readonly isToldAway?: (error: unknown) => boolean
}

export function createRunPublisher({ liveEvents, logger, isToldAway = () => false }: RunPublisherDependencies): RunPublisher {
  const published = new Set<string>()
  return {
    async publish(channel, fromOffset) {
      const { runId } = channel
      if (published.has(runId)) return
      published.add(runId)
      try {
        await sendAll(liveEvents, channel, fromOffset)
      } catch (error) {
        logger[isToldAway(error) ? 'debug' : 'warn']({ err: error, runId }, 'Events could not be published to other processes')
      } finally {
        published.delete(runId)
      }
    },
  }
}

async function sendAll(liveEvents: LiveEvents, channel: RunChannel, fromOffset: number): Promise<void> {
  let offset = fromOffset
  while (true) {
    // What is gone from here is in the journal, where readers that miss it look.
    offset = Math.max(offset, channel.base)
    await channel.waitBeyond(offset)
    const batch = channel.read(offset)
    if (!batch) continue
    if (batch.events.length === 0) {
      if (channel.isEnded) return
      continue
    }
    offset += batch.events.length
    await liveEvents.publish(runEventsChannel(channel.runId), JSON.stringify(batch))
  }
}
