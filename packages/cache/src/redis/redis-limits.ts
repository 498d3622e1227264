import { randomUUID } from 'node:crypto'
import type { ConcurrencyLimiter, RateLimiter } from '@trellis/spec'
import type { RedisConnection } from './redis-connection.ts'
import { translatingErrors } from './redis-error.ts'
import { createRedisScript } from './redis-script.ts'
import { toTtl } from './redis-values.ts'

// A sorted set of slots by the time at which each is freed, by the server's own clock.
const acquire = createRedisScript(`
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('zremrangebyscore', KEYS[1], '-inf', now)
if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('zadd', KEYS[1], now + ARGV[2], ARGV[3])
if redis.call('pttl', KEYS[1]) < tonumber(ARGV[2]) then redis.call('pexpire', KEYS[1], ARGV[2]) end
return 1`)

export function createRedisConcurrency(connection: RedisConnection, prefix: string): ConcurrencyLimiter {
  return {
    async acquire(name, { limit, ttlMs }) {
      const key = `${prefix}slots:${name}`
      const slot = randomUUID()
      if ((await acquire.run(connection, key, [limit, toTtl(ttlMs), slot])) !== 1) return undefined
      return async () => {
        await translatingErrors(connection.zrem(key, slot))
      }
    },
  }
}

const hit = createRedisScript(`
local count = redis.call('incr', KEYS[1])
if redis.call('pttl', KEYS[1]) < 0 then redis.call('pexpire', KEYS[1], ARGV[1]) end
return { count, redis.call('pttl', KEYS[1]) }`)

export function createRedisRateLimiter(connection: RedisConnection, prefix: string): RateLimiter {
  return {
    async hit(name, { limit, windowMs }) {
      const answer = await hit.run(connection, `${prefix}rate:${name}`, [toTtl(windowMs)])
      const [count, remainingMs] = Array.isArray(answer) ? answer.map(Number) : []
      const isAllowed = (count ?? 0) <= limit
      return { isAllowed, retryAfterMs: isAllowed ? 0 : Math.max(1, remainingMs ?? windowMs) }
    },
  }
}
