import type { RateLimiter } from '@trellis/spec'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisScript } from './redis-script.ts'
import { toTtl } from './redis-values.ts'

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
