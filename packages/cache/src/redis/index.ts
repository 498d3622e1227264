export { createRedisCache, type RedisCacheDependencies } from './create-redis-cache.ts'
export type { ConnectionPurpose, RedisConnection } from './redis-connection.ts'
export { createRedisConnector, type RedisConnector } from './redis-connector.ts'
