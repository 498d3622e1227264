import type { Logger } from '@trellis/spec'

/** The absence of one server, as operators are told of it. */
export interface RedisOutage {
  /** Somebody has lost the server, or has not found it. */
  readonly isOn: boolean
  /** Why, as it was last told. */
  readonly reason: string | undefined
  lost(part: object, reason: string): void
  found(part: object): void
  /** Says nothing any more: connections that are closed while the server is away never tell of an end. */
  close(): void
}

const REMINDER_MS = 60_000

/**
 * One line when the server goes, one a minute while it stays away and one when it is back, whichever connections noticed it and however
 * often they tried. A server that comes and goes is told of as often as one that stays away.
 */
export function createRedisOutage({ logger, address }: { readonly logger: Logger; readonly address: string }): RedisOutage {
  const without = new Set<object>()
  let reason: string | undefined
  let startedAt = 0
  let toldAt = Number.NEGATIVE_INFINITY
  let isTold = false
  let isClosed = false
  let timer: NodeJS.Timeout | undefined

  const secondsSoFar = (): number => Math.round((performance.now() - startedAt) / 100) / 10

  function tell(): void {
    if (isTold) logger.error({ redis: address, reason, seconds: secondsSoFar() }, 'Redis still cannot be reached')
    else
      logger.error(
        { redis: address, reason },
        'Redis cannot be reached. Start it, or correct the settings that say where it is (REDIS_*, CELERY_BROKER_URL, EVENT_BUS_REDIS_URL). Until then what needs it waits or is refused; this process goes on by itself when it is back',
      )
    isTold = true
    toldAt = performance.now()
    timer = setTimeout(tell, REMINDER_MS).unref()
  }

  return {
    get isOn() {
      return without.size > 0
    },
    get reason() {
      return reason
    },
    lost(part, why) {
      if (isClosed) return
      reason = why
      const hasBegun = without.size > 0
      without.add(part)
      if (hasBegun) return
      startedAt = performance.now()
      isTold = false
      const dueInMs = toldAt + REMINDER_MS - startedAt
      if (dueInMs <= 0) tell()
      else timer = setTimeout(tell, dueInMs).unref()
    },
    found(part) {
      if (!without.delete(part) || without.size > 0) return
      clearTimeout(timer)
      if (isTold) logger.info({ redis: address, seconds: secondsSoFar() }, 'Redis is back')
    },
    close() {
      isClosed = true
      without.clear()
      clearTimeout(timer)
    },
  }
}
