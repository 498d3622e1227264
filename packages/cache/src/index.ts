export { createMemoryCache, type MemoryCacheDependencies } from './memory/create-memory-cache.ts'
export { createRedisCache, type RedisCacheDependencies } from './redis/create-redis-cache.ts'
export { type ConnectionPurpose, createRedisConnection, type RedisConnection } from './redis/redis-connection.ts'
