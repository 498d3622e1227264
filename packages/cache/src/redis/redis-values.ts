import type { Cache } from '@trellis/spec'
import type { RedisConnection } from './redis-connection.ts'
import { translatingErrors } from './redis-error.ts'
import { createRedisScript } from './redis-script.ts'

// GETDEL would do, but older servers lack it.
const take = createRedisScript(`
local value = redis.call('get', KEYS[1])
if value then redis.call('del', KEYS[1]) end
return value`)

const increment = createRedisScript(`
local value = redis.call('incrby', KEYS[1], ARGV[1])
if redis.call('pttl', KEYS[1]) < 0 then redis.call('pexpire', KEYS[1], ARGV[2]) end
return value`)

export function createRedisValues(connection: RedisConnection, prefix: string): Cache {
  const toKey = (key: string): string => `${prefix}value:${key}`
  return {
    get: async (key) => (await translatingErrors(connection.get(toKey(key)))) ?? undefined,
    async set(key, value, { ttlMs }) {
      await translatingErrors(connection.set(toKey(key), value, 'PX', toTtl(ttlMs)))
    },
    setIfAbsent: async (key, value, { ttlMs }) =>
      (await translatingErrors(connection.set(toKey(key), value, 'PX', toTtl(ttlMs), 'NX'))) === 'OK',
    async take(key) {
      const value = await take.run(connection, toKey(key), [])
      return typeof value === 'string' ? value : undefined
    },
    async delete(key) {
      await translatingErrors(connection.del(toKey(key)))
    },
    increment: async (key, by, { ttlMs }) => Number(await increment.run(connection, toKey(key), [by, toTtl(ttlMs)])),
  }
}

/** Redis takes whole milliseconds and refuses zero. */
export function toTtl(ms: number): number {
  return Math.max(1, Math.ceil(ms))
}
