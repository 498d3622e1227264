import type { RedisConfig } from '@trellis/config'
import { silentLogger } from '@trellis/spec'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { findRedis, type RunningRedis, startRedis } from '../../../../tools/test-services/index.ts'
import { describeCache } from '../conformance/describe-cache.ts'
import { createRedisCache } from './create-redis-cache.ts'

const common = { username: undefined, password: undefined, tls: undefined, keyPrefix: '', connectTimeoutMs: 5000 }

function describeTopology(
  name: string,
  start: () => Promise<{ readonly config: RedisConfig; readonly servers: readonly RunningRedis[] }>,
): void {
  describeCache(name, async () => {
    const { config, servers } = await start()
    const other = createRedisCache({ redis: config, logger: silentLogger })
    return {
      backend: createRedisCache({ redis: config, logger: silentLogger }),
      other: {
        ...other,
        async close() {
          await other.close()
          for (const server of servers) await server.stop()
        },
      },
      pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    }
  })
}

describe.runIf(findRedis())('the other ways to reach Redis', () => {
  describeTopology('Redis through a Sentinel', async () => {
    const master = await startRedis()
    const sentinel = await startRedis({ sentinelOf: { name: 'main', port: master.port } })
    const sentinels = [{ host: sentinel.host, port: sentinel.port }]
    const credentials = { sentinelUsername: undefined, sentinelPassword: undefined }
    return {
      config: { mode: 'sentinel', ...common, ...credentials, sentinels, masterName: 'main', database: 0 },
      servers: [master, sentinel],
    }
  })

  it('fails with dependency_unavailable where no node of the cluster answers', async () => {
    const server = await startRedis()
    await server.stop()
    const nodes = [{ host: server.host, port: server.port }]
    const backend = createRedisCache({ redis: { mode: 'cluster', ...common, nodes }, logger: silentLogger })
    const attempts = [
      backend.cache.get('a'),
      backend.liveEvents.publish('a', 'b'),
      backend.liveEvents.subscribe('a', () => undefined),
      backend.check(),
    ]
    for (const outcome of await Promise.allSettled(attempts)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'dependency_unavailable' } })
    }
    await backend.close()
  })

  describeTopology('Redis Cluster', async () => {
    const nodes = [await startRedis({ args: ['--cluster-enabled', 'yes'] }), await startRedis({ args: ['--cluster-enabled', 'yes'] })]
    await joinCluster(nodes)
    return { config: { mode: 'cluster', ...common, nodes: nodes.map(({ host, port }) => ({ host, port })) }, servers: nodes }
  })
})

/** Gives each of two nodes half of the slots and waits until both agree. */
async function joinCluster(nodes: readonly RunningRedis[]): Promise<void> {
  const [first, second] = nodes.map((node) => new Redis(node.url))
  if (!first || !second || !nodes[1]) throw new Error('Two nodes make this cluster.')
  await first.call('cluster', 'addslotsrange', '0', '8191')
  await second.call('cluster', 'addslotsrange', '8192', '16383')
  await second.call('cluster', 'set-config-epoch', '2')
  await first.call('cluster', 'meet', nodes[1].host, String(nodes[1].port))
  for (const client of [first, second]) {
    while (!String(await client.cluster('INFO')).includes('cluster_state:ok')) await new Promise((resolve) => setTimeout(resolve, 50))
    client.disconnect()
  }
}
