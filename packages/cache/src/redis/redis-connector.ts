import type { RedisConfig } from '@trellis/config'
import type { Logger } from '@trellis/spec'
import { type ConnectionPurpose, createRedisConnection, describeRedis, type RedisConnection } from './redis-connection.ts'
import { translatingErrors } from './redis-error.ts'
import { createRedisOutage, type RedisOutage } from './redis-outage.ts'

/** Makes the connections of one process, so that it tells once, not once a connection, that a server is away. */
export interface RedisConnector {
  connect(config: RedisConfig, purpose: ConnectionPurpose): RedisConnection
  outageOf(config: RedisConfig): Pick<RedisOutage, 'isOn' | 'reason'>
  /** One of the servers is away, and operators are told so. One that answers, but refuses what it is asked for, is not. */
  isAway(): boolean
  /** Watches no more. The connections are closed by those who asked for them. */
  close(): void
}

const PROBE_MS = 15_000

export function createRedisConnector(logger: Logger): RedisConnector {
  const outages = new Map<string, RedisOutage>()
  const probes = new Set<NodeJS.Timeout>()
  function outageOf(config: RedisConfig): RedisOutage {
    const address = describeRedis(config)
    const outage = outages.get(address) ?? createRedisOutage({ logger, address })
    outages.set(address, outage)
    return outage
  }
  return {
    outageOf,
    connect(config, purpose) {
      const connection = createRedisConnection(config, purpose)
      const outage = outageOf(config)
      connection.on('error', (error: unknown) => outage.lost(connection, reasonOf(error)))
      connection.on('ready', () => outage.found(connection))
      if (purpose === 'commands') probes.add(startProbe(connection, outage))
      return connection
    },
    isAway: () => [...outages.values()].some(({ isOn }) => isOn),
    close() {
      for (const probe of probes) clearInterval(probe)
      for (const outage of outages.values()) outage.close()
    },
  }
}

/** A server that hangs closes no connection: only one that is asked shows that it does not answer. */
function startProbe(connection: RedisConnection, outage: RedisOutage): NodeJS.Timeout {
  const probing = {}
  return setInterval(() => {
    translatingErrors(connection.ping()).then(
      () => {
        outage.found(probing)
        // An error that cost no connection has no end of its own.
        outage.found(connection)
      },
      (error: unknown) => {
        if (connection.status === 'ready') outage.lost(probing, reasonOf(error instanceof Error ? error.cause : error))
      },
    )
  }, PROBE_MS).unref()
}

/** Several addresses of one name fail together, in an error that has no words of its own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}
