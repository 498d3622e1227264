import { randomUUID } from 'node:crypto'
import type { ConcurrencyLimiter } from '@trellis/spec'
import { translatingErrors } from './redis-error.ts'
import type { HeldInRedis } from './redis-locks.ts'
import { createRedisScript } from './redis-script.ts'
import { toTtl } from './redis-values.ts'

// A sorted set of slots by the time at which each is freed, by the server's own clock.
const clock = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`
const keep = `
redis.call('zadd', KEYS[1], now + ARGV[1], ARGV[2])
if redis.call('pttl', KEYS[1]) < tonumber(ARGV[1]) then redis.call('pexpire', KEYS[1], ARGV[1]) end
return 1`

const acquire = createRedisScript(`${clock}
redis.call('zremrangebyscore', KEYS[1], '-inf', now)
if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end${keep}`)

// Whoever works holds a slot, also where the server has forgotten it: after a restart it soon knows all of them again.
const renew = createRedisScript(clock + keep)

export interface RedisSlots {
  readonly port: ConcurrencyLimiter
  /** Gives back all slots of this process. */
  close(): Promise<void>
}

export function createRedisSlots({ connection, prefix, logger, isAway }: HeldInRedis): RedisSlots {
  const held = new Set<() => Promise<void>>()

  function hold(name: string, key: string, slot: string, ttlMs: number): () => Promise<void> {
    const renewal = setInterval(() => {
      renew.run(connection, key, [toTtl(ttlMs), slot]).catch((error: unknown) => {
        if (!isAway()) logger.warn({ error, slots: name }, 'a slot could not be renewed; trying again')
      })
    }, ttlMs / 3)
    const release = async (): Promise<void> => {
      if (!held.delete(release)) return
      clearInterval(renewal)
      await translatingErrors(connection.zrem(key, slot))
    }
    held.add(release)
    return release
  }

  return {
    port: {
      async acquire(name, { limit, ttlMs }) {
        const key = `${prefix}slots:${name}`
        const slot = randomUUID()
        const isTaken = (await acquire.run(connection, key, [toTtl(ttlMs), slot, limit])) === 1
        return isTaken ? hold(name, key, slot, ttlMs) : undefined
      },
    },
    async close() {
      // A server that is away frees them by itself when their time is up.
      await Promise.allSettled([...held].map((release) => release()))
    },
  }
}
