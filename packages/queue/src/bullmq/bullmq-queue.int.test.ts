import { silentLogger } from '@trellis/spec'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { findRedis, skipSuite, startRedis, testRedis } from '../../../../tools/test-services/index.ts'
import { connectTo } from '../conformance/connect-to.ts'
import { describeQueue } from '../conformance/describe-queue.ts'
import { createBullmqQueue } from './create-bullmq-queue.ts'

const redis = await testRedis()
if (redis.isAvailable) {
  describeQueue('BullMQ on Redis', async () => {
    const leaseMs = 600
    const dependencies = { connect: connectTo(redis), keyPrefix: redis.keyPrefix, logger: silentLogger, leaseMs }
    return {
      queue: createBullmqQueue(dependencies),
      other: createBullmqQueue(dependencies),
      backend: { type: 'bullmq', url: redis.url, keyPrefix: redis.keyPrefix, leaseMs },
      async close() {
        const client = new Redis(redis.url)
        const keys = await client.keys(`{${redis.keyPrefix}*`)
        if (keys.length > 0) await client.del(keys)
        client.disconnect()
      },
    }
  })

  it('keeps jobs that failed for good for a week, and no more of a queue than can be looked at', async () => {
    const queue = createBullmqQueue({ connect: connectTo(redis), keyPrefix: redis.keyPrefix, logger: silentLogger })
    const job = { name: 'a', queue: 'bounded', payload: z.unknown(), attempts: 1, backoffMs: 1, timeoutMs: 1000 }
    await queue.enqueue(job, {})
    const client = new Redis(redis.url)
    const stored = await client.hget(`{${redis.keyPrefix}trellis:jobs}:bounded:1`, 'opts')
    expect(JSON.parse(stored ?? '')).toMatchObject({ removeOnFail: { age: 604_800, count: 10_000 } })
    await client.del(await client.keys(`{${redis.keyPrefix}*`))
    client.disconnect()
    await queue.close()
  })
} else {
  skipSuite('job queue: BullMQ on Redis', redis)
}

describe.runIf(findRedis())('BullMQ without its Redis', () => {
  it('refuses jobs with dependency_unavailable', async () => {
    const server = await startRedis()
    await server.stop()
    const queue = createBullmqQueue({ connect: connectTo(server), keyPrefix: '', logger: silentLogger })
    const definition = { name: 'a', queue: 'b', payload: z.unknown(), attempts: 1, backoffMs: 1, timeoutMs: 1000 }
    await expect(queue.enqueue(definition, {})).rejects.toMatchObject({ code: 'dependency_unavailable' })
    await expect(queue.check()).rejects.toMatchObject({ code: 'dependency_unavailable' })
    await queue.close()
  })
})
