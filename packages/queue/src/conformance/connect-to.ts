import { Cluster, Redis } from 'ioredis'

export interface RedisUnderTest {
  readonly url: string
  readonly isCluster?: boolean
}

/** Connections as an application would make them. */
export function connectTo({ url, isCluster = false }: RedisUnderTest): (purpose: 'commands' | 'blocking') => Redis | Cluster {
  return (purpose) => {
    const options = { maxRetriesPerRequest: purpose === 'commands' ? 1 : null }
    const connection = isCluster ? new Cluster([url], { redisOptions: options }) : new Redis(url, options)
    connection.on('error', () => undefined)
    return connection
  }
}
