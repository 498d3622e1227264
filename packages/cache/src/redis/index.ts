export { createRedisCache, type RedisCacheDependencies } from './create-redis-cache.ts'
export { type ConnectionPurpose, createRedisConnection, type RedisConnection } from './redis-connection.ts'
