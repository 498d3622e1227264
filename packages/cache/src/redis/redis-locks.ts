import { randomUUID } from 'node:crypto'
import type { Lock, Locks, Logger } from '@trellis/spec'
import type { RedisConnection } from './redis-connection.ts'
import { translatingErrors } from './redis-error.ts'
import { createRedisScript } from './redis-script.ts'
import { toTtl } from './redis-values.ts'

// Both act for the owner of the token only: whoever lost the lock cannot touch its successor's.
const renew = createRedisScript(`
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('pexpire', KEYS[1], ARGV[2])`)

const release = createRedisScript(`
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('del', KEYS[1])`)

export interface HeldInRedis {
  readonly connection: RedisConnection
  readonly prefix: string
  readonly logger: Logger
  /** That the server is away has been told: what follows from it is not told each time. */
  readonly isAway: () => boolean
}

export interface RedisLocks {
  readonly port: Locks
  /** Lets go of all locks of this process. */
  close(): Promise<void>
}

/** A lock of one server (or of one slot of a cluster): mutual exclusion as good as that server's memory, which suits leases and leaders. */
export function createRedisLocks({ connection, prefix, logger, isAway }: HeldInRedis): RedisLocks {
  const held = new Set<Lock & { abort(): void }>()

  function hold(name: string, key: string, token: string, ttlMs: number): Lock & { abort(): void } {
    const controller = new AbortController()
    // Fires where no renewal came through in time; each success winds it up again.
    let deadline = setTimeout(lose, ttlMs)
    const renewal = setInterval(() => void renewOnce(), ttlMs / 3)

    function end(): void {
      clearTimeout(deadline)
      clearInterval(renewal)
      held.delete(lock)
    }
    function lose(): void {
      end()
      logger.warn({ lock: name }, 'a lock was lost before it was released')
      controller.abort(new DOMException(`The lock "${name}" was lost.`, 'AbortError'))
    }
    async function renewOnce(): Promise<void> {
      const sentAt = performance.now()
      try {
        const isOurs = (await renew.run(connection, key, [token, toTtl(ttlMs)])) === 1
        if (!held.has(lock)) return
        if (!isOurs) return lose()
        clearTimeout(deadline)
        // From the sending, not from the answer: the server may have counted from then on.
        deadline = setTimeout(lose, Math.max(0, ttlMs - (performance.now() - sentAt)))
      } catch (error) {
        if (!isAway()) logger.warn({ error, lock: name }, 'a lock could not be renewed; trying again until it expires')
      }
    }
    const lock = {
      signal: controller.signal,
      async release() {
        if (!held.has(lock)) return
        end()
        await release.run(connection, key, [token])
      },
      abort() {
        controller.abort(new DOMException('The server is shutting down.', 'AbortError'))
      },
    }
    held.add(lock)
    return lock
  }

  return {
    port: {
      async tryAcquire(name, { ttlMs }) {
        const key = `${prefix}lock:${name}`
        const token = randomUUID()
        const answer = await translatingErrors(connection.set(key, token, 'PX', toTtl(ttlMs), 'NX'))
        return answer === 'OK' ? hold(name, key, token, ttlMs) : undefined
      },
    },
    async close() {
      const locks = [...held]
      for (const lock of locks) lock.abort()
      // A server that is away frees them by itself when their time is up.
      await Promise.allSettled(locks.map((lock) => lock.release()))
    },
  }
}
