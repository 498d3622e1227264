import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import type { RedisConfig, RedisTls } from '@trellis/config'
import { Cluster, Redis } from 'ioredis'
import './steady-streams.ts'

/** One server, found directly or through Sentinels, or a cluster: the commands that we use are the same. */
export type RedisConnection = Redis | Cluster

/**
 * `commands`: fails within seconds while Redis is away, so that callers can answer.
 * `blocking`: waits for Redis for ever, as subscriptions and job workers do.
 */
export type ConnectionPurpose = 'commands' | 'blocking'

const LONGEST_RECONNECT_DELAY_MS = 2000
const COMMAND_TIMEOUT_MS = 5000

/** Begins to connect at once and reconnects for ever; the caller closes it. Certificates are read from disk here. */
export function createRedisConnection(config: RedisConfig, purpose: ConnectionPurpose): RedisConnection {
  const connection = build(config, purpose)
  // Without a listener each failed attempt would end the process; failures reach callers through their commands.
  connection.on('error', () => undefined)
  return connection
}

function build(config: RedisConfig, purpose: ConnectionPurpose): RedisConnection {
  const common = toCommonOptions(config, purpose)
  const retryStrategy = (attempt: number): number => Math.min(attempt * 100, LONGEST_RECONNECT_DELAY_MS)
  switch (config.mode) {
    case 'single':
      return new Redis({ ...common, retryStrategy, host: config.host, port: config.port, db: config.database })
    case 'sentinel':
      return new Redis({
        ...common,
        retryStrategy,
        sentinels: config.sentinels.map((server) => ({ ...server })),
        name: config.masterName,
        db: config.database,
        sentinelUsername: config.sentinelUsername,
        sentinelPassword: config.sentinelPassword,
        sentinelRetryStrategy: retryStrategy,
        ...(config.tls ? { enableTLSForSentinelMode: true, sentinelTLS: toTls(config.tls) } : {}),
      })
    case 'cluster':
      return new Cluster(
        config.nodes.map((node) => ({ ...node })),
        { redisOptions: common, clusterRetryStrategy: retryStrategy },
      )
  }
}

function toCommonOptions(config: RedisConfig, purpose: ConnectionPurpose) {
  return {
    username: config.username,
    password: config.password,
    connectTimeout: config.connectTimeoutMs,
    connectionName: 'trellis',
    ...(purpose === 'commands' ? { maxRetriesPerRequest: 1, commandTimeout: COMMAND_TIMEOUT_MS } : { maxRetriesPerRequest: null }),
    ...(config.tls ? { tls: toTls(config.tls) } : {}),
  }
}

function toTls({ verifiesServer, caFile, certificateFile, keyFile }: RedisTls): ConnectionOptions {
  return {
    rejectUnauthorized: verifiesServer,
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    ...(certificateFile === undefined ? {} : { cert: readFileSync(certificateFile) }),
    ...(keyFile === undefined ? {} : { key: readFileSync(keyFile) }),
  }
}

/** For operators: where Redis was looked for. */
export function describeRedis(config: RedisConfig): string {
  const servers = config.mode === 'single' ? [config] : config.mode === 'sentinel' ? config.sentinels : config.nodes
  const list = servers.map(({ host, port }) => `${host}:${port}`).join(', ')
  return config.mode === 'single' ? list : `${list} (${config.mode})`
}
