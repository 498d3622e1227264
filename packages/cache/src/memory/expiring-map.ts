import type { Clock } from '@trellis/spec'

interface Entry<T> {
  readonly value: T
  readonly expiresAt: number
}

/** A map whose entries expire and whose size is bounded: the entry least recently used makes room. */
export interface ExpiringMap<T> {
  get(key: string): T | undefined
  /** Milliseconds that the entry has left, or undefined where there is none. */
  remainingMs(key: string): number | undefined
  set(key: string, value: T, ttlMs: number): void
  /** Replaces the value of a living entry, which keeps its expiry. */
  replace(key: string, value: T): void
  delete(key: string): void
  clear(): void
}

export function createExpiringMap<T>({ clock, maxEntries }: { readonly clock: Clock; readonly maxEntries: number }): ExpiringMap<T> {
  // A Map keeps the order of insertion; an entry that is used is inserted again, so the first is always the oldest.
  const entries = new Map<string, Entry<T>>()

  function find(key: string): Entry<T> | undefined {
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    entries.delete(key)
    if (entry.expiresAt <= clock.now()) return undefined
    entries.set(key, entry)
    return entry
  }

  function makeRoom(): void {
    if (entries.size < maxEntries) return
    const now = clock.now()
    for (const [key, entry] of entries) {
      if (entry.expiresAt <= now) entries.delete(key)
    }
    // A tenth at once, so that a full map does not sweep at every insertion.
    let surplus = entries.size < maxEntries ? 0 : Math.ceil(maxEntries / 10)
    for (const key of entries.keys()) {
      if (surplus-- <= 0) break
      entries.delete(key)
    }
  }

  return {
    get: (key) => find(key)?.value,
    remainingMs(key) {
      const entry = find(key)
      return entry === undefined ? undefined : entry.expiresAt - clock.now()
    },
    set(key, value, ttlMs) {
      entries.delete(key)
      makeRoom()
      entries.set(key, { value, expiresAt: clock.now() + ttlMs })
    },
    replace(key, value) {
      const entry = find(key)
      if (entry !== undefined) entries.set(key, { value, expiresAt: entry.expiresAt })
    },
    delete: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  }
}
