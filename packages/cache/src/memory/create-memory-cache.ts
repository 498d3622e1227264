import type { Cache, CacheBackend, Clock, ConcurrencyLimiter, Locks, Logger, RateLimiter } from '@trellis/spec'
import { silentLogger } from '@trellis/spec'
import { createExpiringMap } from './expiring-map.ts'
import { createMemoryLiveEvents } from './live-events.ts'

export interface MemoryCacheDependencies {
  readonly clock: Clock
  /** Hears of subscribers that throw. */
  readonly logger?: Logger
  /** Bound of values and of counters each; what was used least recently goes first. 50 000 where absent. */
  readonly maxEntries?: number
}

/** The cache of a single process: nothing outlives it, nothing leaves it. */
export function createMemoryCache({ clock, logger = silentLogger, maxEntries = 50_000 }: MemoryCacheDependencies): CacheBackend {
  const locks = createMemoryLocks()
  const liveEvents = createMemoryLiveEvents(logger)
  return {
    cache: createValues(clock, maxEntries),
    locks: locks.port,
    concurrency: createMemoryConcurrency(),
    rateLimiter: createMemoryRateLimiter(clock, maxEntries),
    liveEvents: liveEvents.port,
    check: async () => undefined,
    async close() {
      locks.abortAll()
      liveEvents.close()
    },
  }
}

function createValues(clock: Clock, maxEntries: number): Cache {
  const values = createExpiringMap<string>({ clock, maxEntries })
  return {
    get: async (key) => values.get(key),
    set: async (key, value, { ttlMs }) => values.set(key, value, ttlMs),
    async setIfAbsent(key, value, { ttlMs }) {
      if (values.get(key) !== undefined) return false
      values.set(key, value, ttlMs)
      return true
    },
    async take(key) {
      const value = values.get(key)
      values.delete(key)
      return value
    },
    delete: async (key) => values.delete(key),
    async increment(key, by, { ttlMs }) {
      const current = values.get(key)
      const next = Number(current ?? 0) + by
      if (current === undefined) values.set(key, String(next), ttlMs)
      else values.replace(key, String(next))
      return next
    },
  }
}

/** No expiry here: a holder in this process cannot die without taking the lock with it. */
function createMemoryLocks(): { readonly port: Locks; abortAll(): void } {
  const held = new Map<string, AbortController>()
  return {
    port: {
      async tryAcquire(name) {
        if (held.has(name)) return undefined
        const controller = new AbortController()
        held.set(name, controller)
        return {
          signal: controller.signal,
          async release() {
            if (held.get(name) === controller) held.delete(name)
          },
        }
      },
    },
    abortAll() {
      for (const controller of held.values()) controller.abort()
      held.clear()
    },
  }
}

/** No expiry here either. */
function createMemoryConcurrency(): ConcurrencyLimiter {
  const slotsByKey = new Map<string, Set<symbol>>()
  return {
    async acquire(key, { limit }) {
      const slots = slotsByKey.get(key) ?? new Set<symbol>()
      if (slots.size >= limit) return undefined
      const slot = Symbol(key)
      slots.add(slot)
      slotsByKey.set(key, slots)
      return async () => {
        slots.delete(slot)
        if (slots.size === 0 && slotsByKey.get(key) === slots) slotsByKey.delete(key)
      }
    },
  }
}

function createMemoryRateLimiter(clock: Clock, maxEntries: number): RateLimiter {
  const windows = createExpiringMap<number>({ clock, maxEntries })
  return {
    async hit(key, { limit, windowMs }) {
      const count = (windows.get(key) ?? 0) + 1
      if (count === 1) windows.set(key, count, windowMs)
      else windows.replace(key, count)
      const isAllowed = count <= limit
      return { isAllowed, retryAfterMs: isAllowed ? 0 : (windows.remainingMs(key) ?? 0) }
    },
  }
}
