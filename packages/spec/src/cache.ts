/** Short-lived values shared by all processes. Everything here may be lost at any time without harm but to speed. */
export interface Cache {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, options: { readonly ttlMs: number }): Promise<void>
  /** Stores the value only where the key is free; tells whether it did. */
  setIfAbsent(key: string, value: string, options: { readonly ttlMs: number }): Promise<boolean>
  /** Reads and deletes in one step: a token taken so is used once. */
  take(key: string): Promise<string | undefined>
  delete(key: string): Promise<void>
  /** Adds to a counter, which lives `ttlMs` from its first increment; returns the new value. */
  increment(key: string, by: number, options: { readonly ttlMs: number }): Promise<number>
}

/** Mutual exclusion among processes. A lock is lost `ttlMs` after its holder died. */
export interface Locks {
  /** Takes the lock and keeps it renewed until released, or returns undefined where somebody holds it. */
  tryAcquire(name: string, options: { readonly ttlMs: number }): Promise<Lock | undefined>
}

export interface Lock {
  /** Aborts when the lock was lost. */
  readonly signal: AbortSignal
  release(): Promise<void>
}

/** Slots taken while something runs (an app's concurrent requests). A slot is its holder's until it is given back, or `ttlMs` after the holder died. */
export interface ConcurrencyLimiter {
  /** Takes a slot and keeps it renewed. Returns what gives it back, or undefined where `limit` slots are taken. */
  acquire(key: string, options: { readonly limit: number; readonly ttlMs: number }): Promise<(() => Promise<void>) | undefined>
}

/** Fixed-window counting. */
export interface RateLimiter {
  hit(
    key: string,
    options: { readonly limit: number; readonly windowMs: number },
  ): Promise<{ readonly isAllowed: boolean; readonly retryAfterMs: number }>
}

/** Messages among processes, at most once, in order per sender and channel. */
export interface LiveEvents {
  publish(channel: string, message: string): Promise<void>
  subscribe(channel: string, onMessage: (message: string) => void): Promise<() => Promise<void>>
}

/** What a cache backend offers, together: one connection, five ports. */
export interface CacheBackend {
  readonly cache: Cache
  readonly locks: Locks
  readonly concurrency: ConcurrencyLimiter
  readonly rateLimiter: RateLimiter
  readonly liveEvents: LiveEvents
  check(): Promise<void>
  close(): Promise<void>
}
