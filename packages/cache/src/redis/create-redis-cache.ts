import type { RedisConfig } from '@trellis/config'
import { AppError } from '@trellis/contracts'
import type { CacheBackend, Logger } from '@trellis/spec'
import { createRedisConnection, describeRedis } from './redis-connection.ts'
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
}

/** What all processes of a cluster share. Begins to connect at once; operations fail with `service_unavailable` while Redis is away. */
export function createRedisCache({ redis, eventsRedis = redis, logger }: RedisCacheDependencies): CacheBackend {
  const commands = createRedisConnection(redis, 'commands')
  const publisher = eventsRedis === redis ? commands : createRedisConnection(eventsRedis, 'commands')
  const subscriber = createRedisConnection(eventsRedis, 'blocking')
  const prefix = `${redis.keyPrefix}trellis:`
  const locks = createRedisLocks(commands, prefix, logger)
  const slots = createRedisSlots(commands, prefix, logger)
  const reportOutage = createOutageReporter(logger, describeRedis(redis))
  commands.on('error', reportOutage.onError)
  commands.on('ready', reportOutage.onReady)

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
          const reason = reportOutage.lastReason() ?? (origin instanceof Error ? origin.message : String(origin))
          const message = `Redis at ${describeRedis(config)} does not answer: ${reason}. Start it, or correct the REDIS_* settings.`
          throw new AppError('service_unavailable', { message, cause })
        })
      }
    },
    async close() {
      await Promise.all([locks.close(), slots.close()])
      for (const connection of new Set([commands, publisher, subscriber])) connection.disconnect()
    },
  }
}

/** One line when Redis goes and one when it is back, however many attempts lie between. */
function createOutageReporter(logger: Logger, address: string) {
  let reason: string | undefined
  return {
    lastReason: () => reason,
    onError(error: Error) {
      if (reason === undefined) logger.error({ error, redis: address }, 'Redis cannot be reached; reconnecting')
      reason = error.message
    },
    onReady() {
      if (reason !== undefined) logger.info({ redis: address }, 'Redis is back')
      reason = undefined
    },
  }
}
