export interface PacedTask {
  /** When to run, in milliseconds of `performance.now()`. */
  dueMs: number
  run(): void
}

export interface PacerLag {
  readonly count: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly maxMs: number
}

export interface Pacer {
  schedule(task: PacedTask): void
  /** How late tasks ran since the last call, to the millisecond. */
  takeLag(): PacerLag
  close(): void
}

const SLOT_COUNT = 2048
const LAG_BUCKETS = 2000

/**
 * A timer wheel: one timer for all streams, so that a thousand of them at twenty tokens a second cost twenty thousand writes and not
 * also twenty thousand timers. A task runs at most about two ticks late while the process keeps up.
 */
export function createPacer(tickMs = 2): Pacer {
  const slots: PacedTask[][] = Array.from({ length: SLOT_COUNT }, () => [])
  const lagCounts = new Uint32Array(LAG_BUCKETS)
  let waiting = 0
  let cursor = 0
  let timer: NodeJS.Timeout | undefined
  const slotOf = (ms: number): number => Math.floor(ms / tickMs)

  const runSlot = (slot: number, now: number): void => {
    const position = slot % SLOT_COUNT
    const tasks = slots[position]
    if (!tasks || tasks.length === 0) return
    slots[position] = []
    for (const task of tasks) {
      waiting -= 1
      if (task.dueMs > now) {
        schedule(task) // Belongs to a later turn of the wheel.
        continue
      }
      const bucket = Math.min(LAG_BUCKETS - 1, Math.floor(now - task.dueMs))
      lagCounts[bucket] = (lagCounts[bucket] ?? 0) + 1
      task.run()
    }
  }

  const tick = (): void => {
    timer = undefined
    const now = performance.now()
    const current = slotOf(now)
    // A process that was stopped for more than a whole turn visits every slot once, not the missed turns.
    cursor = Math.max(cursor, current - SLOT_COUNT)
    while (cursor < current) {
      cursor += 1
      runSlot(cursor - 1, now)
    }
    arm()
  }

  const arm = (): void => {
    if (waiting > 0 && !timer) timer = setTimeout(tick, tickMs)
  }

  const schedule = (task: PacedTask): void => {
    if (waiting === 0 && !timer) cursor = slotOf(performance.now())
    const slot = Math.max(slotOf(task.dueMs), cursor)
    slots[slot % SLOT_COUNT]?.push(task)
    waiting += 1
    arm()
  }

  return {
    schedule,
    takeLag() {
      const lag = summarise(lagCounts)
      lagCounts.fill(0)
      return lag
    },
    close() {
      clearTimeout(timer)
      waiting = 0
      for (const slot of slots) slot.length = 0
    },
  }
}

function summarise(counts: Uint32Array): PacerLag {
  const count = counts.reduce((sum, value) => sum + value, 0)
  const rank = (share: number): number => {
    let seen = 0
    for (const [ms, value] of counts.entries()) {
      seen += value
      if (value > 0 && seen >= share * count) return ms
    }
    return 0
  }
  return { count, p50Ms: rank(0.5), p95Ms: rank(0.95), maxMs: rank(1) }
}
