import type { Config } from '@trellis/config'
import { AppError } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { CacheBackend } from '@trellis/spec'

/** How much of an app may be asked for: at a time, and in a minute, an hour and a day. */
export interface Doorkeeper {
  /** A place for something that lasts, until what it returns is called. @throws `too_many_requests` */
  takePlace(app: LimitedApp): Promise<() => Promise<void>>
  /** Counts a request of somebody outside. @throws `too_many_requests` */
  countRequest(app: LimitedApp): Promise<void>
}

export interface DoorkeeperDependencies extends Pick<CacheBackend, 'concurrency' | 'rateLimiter'> {
  /** What holds for each app of this server. */
  readonly limits: Pick<Config['limits'], 'activeRunsPerAppByDefault' | 'activeRunsPerApp' | 'requestsPerApp'>
}

type LimitedApp = Pick<AppsTable, 'id' | 'max_active_requests' | 'requests_per_minute' | 'requests_per_hour' | 'requests_per_day'>

/** A place is free again this long after its process died. */
const PLACE_LEASE_MS = 30_000

const windows = [
  { name: 'minute', windowMs: 60_000 },
  { name: 'hour', windowMs: 3_600_000 },
  { name: 'day', windowMs: 86_400_000 },
] as const

export function createDoorkeeper({ concurrency, rateLimiter, limits }: DoorkeeperDependencies): Doorkeeper {
  return {
    async takePlace(app) {
      const limit = smallestLimit(app.max_active_requests || limits.activeRunsPerAppByDefault, limits.activeRunsPerApp)
      if (limit === 0) return async () => undefined
      const release = await concurrency.acquire(`active-runs:${app.id}`, { limit, ttlMs: PLACE_LEASE_MS })
      if (release) return release
      throw new AppError('too_many_requests', {
        message: `Too many requests. Please try again later. The current maximum concurrent requests allowed is ${limit}.`,
        refusal: { reason: 'app_busy', values: { limit } },
        retryAfterSeconds: 1,
      })
    },
    async countRequest(app) {
      const own = { minute: app.requests_per_minute, hour: app.requests_per_hour, day: app.requests_per_day }
      for (const { name, windowMs } of windows) {
        const limit = smallestLimit(own[name] ?? 0, limits.requestsPerApp[name])
        if (limit === 0) continue
        const { isAllowed, retryAfterMs } = await rateLimiter.hit(`app-requests:${name}:${app.id}`, { limit, windowMs })
        if (!isAllowed) throw refuse(limit, name, Math.max(1, Math.ceil(retryAfterMs / 1000)))
      }
    },
  }
}

const refuse = (limit: number, window: (typeof windows)[number]['name'], retryAfterSeconds: number): AppError =>
  new AppError('too_many_requests', {
    message: `Too many requests. Please try again later. The current maximum of requests allowed is ${limit} per ${window}; try again in ${retryAfterSeconds} seconds.`,
    refusal: { reason: `app_rate_${window}`, values: { limit, seconds: retryAfterSeconds } },
    retryAfterSeconds,
  })

/** The smaller of the limits that are set; 0 where none is. */
function smallestLimit(...limits: readonly number[]): number {
  const set = limits.filter((limit) => limit > 0)
  return set.length === 0 ? 0 : Math.min(...set)
}
