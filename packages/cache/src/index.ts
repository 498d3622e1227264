export { createMemoryCache, type MemoryCacheDependencies } from './memory/create-memory-cache.ts'
