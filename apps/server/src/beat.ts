import type { Clock, Lock, Locks, Logger } from '@trellis/spec'

/** Something that is done again and again, by one process of all. */
export interface BeatEntry {
  readonly name: string
  readonly everyMs: number
  /** Aborted at the close: what takes long leaves off and goes on another time. */
  readonly run: (signal: AbortSignal) => Promise<void>
}

export interface Beat {
  close(): Promise<void>
}

export interface BeatOptions {
  readonly locks: Locks
  readonly clock: Clock
  readonly logger: Logger
  readonly entries: readonly BeatEntry[]
  /** That the locks cannot be reached is told elsewhere. */
  readonly isToldAway: (error: unknown) => boolean
}

const LOOK_MS = 15_000
const LEADER_TTL_MS = 60_000

/** The clock: whoever holds the leader's lock runs the entries that are due. */
export function startBeat({ locks, clock, logger, entries, isToldAway }: BeatOptions): Beat {
  const dueAt = new Map(entries.map((entry) => [entry.name, clock.now()]))
  const closing = new AbortController()
  let leadership: Lock | undefined
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  const lead = async (): Promise<boolean> => {
    if (leadership && !leadership.signal.aborted) return true
    leadership = await locks.tryAcquire('beat-leader', { ttlMs: LEADER_TTL_MS })
    return leadership !== undefined
  }
  const look = async (): Promise<void> => {
    if (!(await lead())) return
    for (const entry of entries) {
      if ((dueAt.get(entry.name) ?? 0) > clock.now()) continue
      dueAt.set(entry.name, clock.now() + entry.everyMs)
      await entry.run(closing.signal).catch((error: unknown) => logger.error({ err: error, entry: entry.name }, 'A scheduled task failed'))
    }
  }
  const schedule = (): void => {
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => logger[isToldAway(error) ? 'debug' : 'warn']({ err: error }, 'The clock could not look for its lock'))
        .finally(schedule)
    }, LOOK_MS)
  }
  schedule()
  return {
    async close() {
      closing.abort()
      clearTimeout(timer)
      await looking
      clearTimeout(timer)
      await leadership?.release()
    },
  }
}
