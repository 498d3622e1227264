import type { DatabaseConfig, StorageConfig } from '@trellis/config'

/** For operators: where rows lie. */
export const databasePlace = (database: DatabaseConfig): string =>
  database.type === 'sqlite' ? database.file : `PostgreSQL at ${database.host}:${database.port}/${database.database}`

/** The same of files. */
export const storagePlace = (storage: StorageConfig): string =>
  storage.type === 'local' ? storage.folder : `bucket ${storage.bucket} at ${storage.endpoint ?? `AWS, ${storage.region}`}`
