import type { RedisConfig } from '@trellis/config'
import { AppError } from '@trellis/contracts'
import type { CacheBackend, Logger } from '@trellis/spec'
import { describeRedis } from './redis-connection.ts'
import { createRedisConnector, type RedisConnector } from './redis-connector.ts'
import { translatingErrors } from './redis-error.ts'
import { createRedisLiveEvents } from './redis-live-events.ts'
import { createRedisLocks } from './redis-locks.ts'
import { createRedisRateLimiter } from './redis-rates.ts'
import { createRedisSlots } from './redis-slots.ts'
import { createRedisValues } from './redis-values.ts'

export interface RedisCacheDependencies {
  readonly redis: RedisConfig
  /** Where live events have a server of their own; the same one otherwise. */
  readonly eventsRedis?: RedisConfig
  readonly logger: Logger
  /** Of the process, where others in it connect to Redis too; one of its own where absent. */
  readonly connector?: RedisConnector
}

/** What all processes of a cluster share. Begins to connect at once; operations fail with `dependency_unavailable` while Redis is away. */
export function createRedisCache({ redis, eventsRedis = redis, logger, connector: shared }: RedisCacheDependencies): CacheBackend {
  const connector = shared ?? createRedisConnector(logger)
  const commands = connector.connect(redis, 'commands')
  const publisher = eventsRedis === redis ? commands : connector.connect(eventsRedis, 'commands')
  const subscriber = connector.connect(eventsRedis, 'blocking')
  const prefix = `${redis.keyPrefix}trellis:`
  const held = { connection: commands, prefix, logger, isAway: () => connector.outageOf(redis).isOn }
  const locks = createRedisLocks(held)
  const slots = createRedisSlots(held)

  return {
    cache: createRedisValues(commands, prefix),
    locks: locks.port,
    concurrency: slots.port,
    rateLimiter: createRedisRateLimiter(commands, prefix),
    liveEvents: createRedisLiveEvents({ publisher, subscriber }, `${eventsRedis.keyPrefix}trellis:`, logger),
    async check() {
      for (const [connection, config] of [[commands, redis] as const, [publisher, eventsRedis] as const]) {
        await translatingErrors(connection.ping()).catch((cause: unknown) => {
          const origin = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
          const outage = connector.outageOf(config)
          const reason = (outage.isOn && outage.reason) || (origin instanceof Error ? origin.message : String(origin))
          const message = `Redis at ${describeRedis(config)} does not answer: ${reason}. Start it, or correct the REDIS_* settings.`
          throw new AppError('dependency_unavailable', { message, cause, retryAfterSeconds: 1 })
        })
      }
    },
    async close() {
      await Promise.all([locks.close(), slots.close()])
      for (const connection of new Set([commands, publisher, subscriber])) connection.disconnect()
      if (!shared) connector.close()
    },
  }
}
