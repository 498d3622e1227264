import type { RedisConfig } from '@trellis/config'
import { type Logger, silentLogger } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { findRedis, skipSuite, startRedis, testRedis } from '../../../../tools/test-services/index.ts'
import { describeCache } from '../conformance/describe-cache.ts'
import { createRedisCache } from './create-redis-cache.ts'
import { createRedisConnection } from './redis-connection.ts'
import { createRedisSlots } from './redis-slots.ts'

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function aConfig(server: { readonly host: string; readonly port: number; readonly keyPrefix?: string }): RedisConfig {
  const none = { username: undefined, password: undefined, tls: undefined }
  return { mode: 'single', keyPrefix: '', database: 0, connectTimeoutMs: 5000, ...none, ...server }
}

const redis = await testRedis()
if (redis.isAvailable) {
  describeCache('Redis', async () => {
    const config = aConfig({ host: redis.host, port: redis.port, keyPrefix: redis.keyPrefix })
    return {
      backend: createRedisCache({ redis: config, logger: silentLogger }),
      other: createRedisCache({ redis: config, logger: silentLogger }),
      // The server's clock is the one that counts.
      pass: wait,
    }
  })

  describe('key prefix', () => {
    it('keeps two installations on one server apart', async () => {
      const [one, two] = ['one:', 'two:'].map((name) =>
        createRedisCache({ redis: aConfig({ ...redis, keyPrefix: redis.keyPrefix + name }), logger: silentLogger }),
      )
      if (!one || !two) throw new Error('unreachable')
      await one.cache.set('key', 'mine', { ttlMs: 1000 })
      expect(await two.cache.get('key')).toBeUndefined()
      const lock = await one.locks.tryAcquire('lock', { ttlMs: 1000 })
      expect(lock).toBeDefined()
      expect(await two.locks.tryAcquire('lock', { ttlMs: 1000 })).toBeDefined()
      await Promise.all([one.close(), two.close()])
    })
  })

  describe('slots in Redis', () => {
    const [limit, ttlMs] = [1, 300]

    it('are free again soon after their holder died', async () => {
      const connection = createRedisConnection(aConfig(redis), 'commands')
      const slots = createRedisSlots({ connection, prefix: `${redis.keyPrefix}trellis:`, logger: silentLogger, isAway: () => false })
      const survivor = createRedisCache({ redis: aConfig(redis), logger: silentLogger })
      expect(await slots.port.acquire('dies', { limit, ttlMs })).toBeDefined()
      expect(await survivor.concurrency.acquire('dies', { limit, ttlMs })).toBeUndefined()
      connection.disconnect()
      await expect.poll(() => survivor.concurrency.acquire('dies', { limit, ttlMs })).toBeDefined()
      await Promise.all([slots.close(), survivor.close()])
    })

    it('are given back by a holder that closes', async () => {
      const [one, two] = [1, 2].map(() => createRedisCache({ redis: aConfig(redis), logger: silentLogger }))
      expect(await one?.concurrency.acquire('closes', { limit, ttlMs: 60_000 })).toBeDefined()
      await one?.close()
      expect(await two?.concurrency.acquire('closes', { limit, ttlMs: 60_000 })).toBeDefined()
      await two?.close()
    })
  })
} else {
  skipSuite('cache backend: Redis', redis)
}

describe.runIf(findRedis())('Redis that comes and goes', () => {
  function aLog(): Logger & { readonly lines: string[] } {
    const lines: string[] = []
    const record = (_: object, message: string): void => void lines.push(message)
    return { ...silentLogger, lines, info: record, warn: record, error: record }
  }

  it('makes callers fail with dependency_unavailable, naming the address to the operator only', async () => {
    const logger = aLog()
    const server = await startRedis()
    await server.stop()
    const backend = createRedisCache({ redis: aConfig(server), logger })
    await expect(backend.cache.get('a')).rejects.toMatchObject({
      code: 'dependency_unavailable',
      message: expect.not.stringContaining('127'),
    })
    await expect(backend.rateLimiter.hit('a', { limit: 1, windowMs: 1 })).rejects.toMatchObject({ code: 'dependency_unavailable' })
    await expect(backend.locks.tryAcquire('a', { ttlMs: 1000 })).rejects.toMatchObject({ code: 'dependency_unavailable' })
    await expect(backend.check()).rejects.toThrow(new RegExp(`127.0.0.1:${server.port} does not answer: .*ECONNREFUSED`))
    expect(logger.lines.filter((line) => line.includes('cannot be reached'))).toHaveLength(1)
    await backend.close()
  })

  it('is used again, and listened to again, once it is back', async () => {
    const server = await startRedis()
    const backend = createRedisCache({ redis: aConfig(server), logger: silentLogger })
    const heard = Promise.withResolvers<string>()
    await backend.liveEvents.subscribe('news', heard.resolve)
    await server.stop()
    await expect(backend.cache.get('a')).rejects.toMatchObject({ code: 'dependency_unavailable' })
    const second = await startRedis({ port: server.port })
    await expect.poll(() => backend.cache.setIfAbsent('b', 'x', { ttlMs: 60_000 }).catch(() => false), { timeout: 10_000 }).toBe(true)
    const speaker = setInterval(() => void backend.liveEvents.publish('news', 'back'), 50)
    expect(await heard.promise).toBe('back')
    clearInterval(speaker)
    await backend.close()
    await second.stop()
  })

  it('tells the holder of a lock that it was lost', async () => {
    const server = await startRedis()
    const backend = createRedisCache({ redis: aConfig(server), logger: silentLogger })
    const lock = await backend.locks.tryAcquire('leader', { ttlMs: 600 })
    await server.stop()
    const signal = lock?.signal
    await expect.poll(() => signal?.aborted, { timeout: 5000 }).toBe(true)
    await backend.close()
  })

  it('tells the holder of a lock that was taken from it', async () => {
    const server = await startRedis()
    const [backend, other] = [1, 2].map(() => createRedisCache({ redis: aConfig(server), logger: silentLogger }))
    const lock = await backend?.locks.tryAcquire('leader', { ttlMs: 300 })
    // As after a failover that lost the lock: another server at the same address, which knows nothing of it.
    await server.stop()
    const second = await startRedis({ port: server.port })
    await expect.poll(() => other?.locks.tryAcquire('leader', { ttlMs: 60_000 }).catch(() => undefined)).toBeDefined()
    await expect.poll(() => lock?.signal.aborted).toBe(true)
    await lock?.release()
    expect(await backend?.locks.tryAcquire('leader', { ttlMs: 1000 }).catch(() => undefined)).toBeUndefined()
    await Promise.all([backend?.close(), other?.close()])
    await second.stop()
  })
})
