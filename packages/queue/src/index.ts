export { createDatabaseQueue, type DatabaseQueueDependencies } from './database/create-database-queue.ts'
export type { QueueTiming } from './database/database-worker.ts'
export { createJobRegistration } from './job-registration.ts'
