import { once } from 'node:events'
import { connect } from 'node:net'
import { AppError } from '@trellis/contracts'
import { createJobRegistration } from '@trellis/queue'
import type { JobDefinition } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { findRedis, startRedis } from '../../../../tools/test-services/index.ts'
import { administrator, sendJson, startTestServer } from './test-server.ts'

const queues = ['dataset', 'mail', 'ops_trace', 'app_deletion', 'workflow']

describe.runIf(findRedis())('while Redis is away', () => {
  it('the log tells it once and its end once, and people are told what is so', { timeout: 60_000 }, async () => {
    const redis = await startRedis()
    const server = await startTestServer({ env: { REDIS_HOST: redis.host, REDIS_PORT: String(redis.port) } })
    await server.setup()
    const { platform } = server.process
    const jobs = queues.map((queue): JobDefinition<unknown> => {
      return { name: `test.${queue}`, queue, payload: z.unknown(), attempts: 1, backoffMs: 1, timeoutMs: 1000 }
    })
    const worker = platform.queue.work(
      jobs.map((job) => createJobRegistration(job, async () => undefined)),
      { concurrency: 2 },
    )
    const lock = await platform.cache.locks.tryAcquire('test', { ttlMs: 600_000 })
    const giveBack = await platform.cache.concurrency.acquire('test', { limit: 1, ttlMs: 900 })
    await redis.stop()

    const refused = await sendJson(`${server.url}/console/api/login`, 'POST', administrator)
    expect(refused).toMatchObject({
      status: 503,
      body: { code: 'dependency_unavailable', message: 'The server cannot reach Redis at the moment. Try again shortly.' },
    })
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await sendJson(`${server.url}/ready`, 'GET')).status).toBe(503)
    expect(platform.isToldAway(new AppError('dependency_unavailable'))).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 6000))
    const again = await startRedis({ port: redis.port })
    await expect.poll(() => server.lines().some(({ message }) => message === 'Redis is back'), { timeout: 20_000 }).toBe(true)

    expect(server.takeProblems()).toEqual([expect.stringContaining('Redis cannot be reached. Start it, or correct')])
    const told = server.lines().filter(({ message }) => /redis|slot|lock|queue|part of the server/iu.test(message))
    expect(told).toMatchObject([{ message: 'Redis is back', fields: { seconds: expect.any(Number) } }])
    expect((await sendJson(`${server.url}/ready`, 'GET')).status).toBe(200)
    await worker.close()
    await lock?.release()
    await giveBack?.()
    await server.close()
    await again.stop()
  })

  it('the log tells each time that one which answers refuses what it is asked for', async () => {
    const redis = await startRedis()
    const server = await startTestServer({ env: { REDIS_HOST: redis.host, REDIS_PORT: String(redis.port) } })
    await server.setup()
    const { cache, isToldAway } = server.process.platform
    // From now on it takes nothing more to keep, and answers each PING.
    await command(redis, 'CONFIG SET maxmemory 1')
    const why = await cache.locks.tryAcquire('test', { ttlMs: 1000 }).catch((error: unknown) => error)
    expect(why).toMatchObject({ code: 'dependency_unavailable', cause: { message: expect.stringContaining('OOM') } })
    expect(isToldAway(why)).toBe(false)
    expect(await sendJson(`${server.url}/console/api/login`, 'POST', administrator)).toMatchObject({ status: 503 })
    expect(server.lines()).toContainEqual({
      message: 'A request was refused for want of a service',
      fields: expect.objectContaining({ err: expect.objectContaining({ code: 'dependency_unavailable' }) }),
    })
    await command(redis, 'CONFIG SET maxmemory 0')
    await server.close()
    await redis.stop()
  })
})

async function command({ host, port }: { readonly host: string; readonly port: number }, text: string): Promise<void> {
  const socket = connect(port, host)
  socket.write(`${text}\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toBe('+OK\r\n')
  socket.destroy()
}
