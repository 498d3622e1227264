import type { Logger } from '@trellis/spec'
import type { LiveRun } from './live-run.ts'
import type { RunWriter } from './run-writer.ts'

const INTERVAL_MS = 200
const LONGEST_INTERVAL_MS = 1000
/** Flushing takes at most about this part of the time. */
const SHARE = 0.1

export interface TextFlush {
  /** Flushes from now on, until no run lives. */
  start(): void
  close(): void
}

/** Journals every now and then the text that live runs have streamed since the last time. */
export function createTextFlush({
  live,
  writer,
  logger,
}: {
  readonly live: ReadonlyMap<string, LiveRun>
  readonly writer: RunWriter
  readonly logger: Logger
}): TextFlush {
  let timer: NodeJS.Timeout | undefined
  const flushOne = async (run: LiveRun): Promise<void> => {
    try {
      await writer.writeTail(run)
    } catch (error) {
      logger.error({ err: error, runId: run.channel.runId }, 'Events of a run could not be journalled')
      if ((await writer.compare(run, error)) !== 'ours') run.abort('lost')
    }
  }
  const schedule = (delayMs: number): void => {
    timer ??= setTimeout(async () => {
      const startedAt = performance.now()
      const due = [...live.values()].filter(({ channel }) => channel.hasUnjournalled && !channel.isEnded)
      await Promise.all(due.map(flushOne))
      timer = undefined
      const tookMs = performance.now() - startedAt
      if (live.size > 0) schedule(Math.max(INTERVAL_MS, Math.min(LONGEST_INTERVAL_MS, tookMs / SHARE)))
    }, delayMs)
  }
  return {
    start: () => schedule(INTERVAL_MS),
    close: () => clearTimeout(timer),
  }
}
