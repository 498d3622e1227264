import { silentLogger } from '@trellis/spec'
import { Redis } from 'ioredis'
import { describe } from 'vitest'
import { findRedis, startRedis } from '../../../../tools/test-services/index.ts'
import { connectTo } from '../conformance/connect-to.ts'
import { describeQueue } from '../conformance/describe-queue.ts'
import { createBullmqQueue } from './create-bullmq-queue.ts'

describe.runIf(findRedis())('a cluster of Redis', () => {
  describeQueue('BullMQ on a Redis cluster', async () => {
    const server = await startRedis({ args: ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'] })
    const client = new Redis(server.url)
    await client.call('cluster', 'addslotsrange', '0', '16383')
    while (!String(await client.cluster('INFO')).includes('cluster_state:ok')) await new Promise((resolve) => setTimeout(resolve, 50))
    client.disconnect()
    const backend = { type: 'bullmq', url: server.url, isCluster: true, keyPrefix: '', leaseMs: 600 } as const
    const dependencies = { ...backend, connect: connectTo(backend), logger: silentLogger }
    return { queue: createBullmqQueue(dependencies), other: createBullmqQueue(dependencies), backend, close: server.stop }
  })
})
