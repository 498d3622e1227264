export type { BasePaths } from './base-paths.ts'
export type {
  Config,
  DatabaseConfig,
  HostAndPort,
  LocalStorageConfig,
  PostgresConfig,
  RedisClusterConfig,
  RedisConfig,
  RedisSentinelConfig,
  RedisSingleConfig,
  RedisTls,
  S3StorageConfig,
  SqliteConfig,
  SslMode,
  StorageConfig,
} from './config.ts'
export { listVariables, type Variable } from './environment.ts'
export { type Fault, renderFaults, type Warning } from './findings.ts'
export { type ProcessRole, processRoles } from './kinds.ts'
export { type LoadConfigOptions, type LoadConfigResult, loadConfig } from './load-config.ts'
export { type ReadEnvironment, readEnvironment } from './read-environment.ts'
export { renderConfigurationDocs, renderEnvExample } from './render-documents.ts'
export type { GithubSignIn, OidcSignIn, SignInProviderConfig } from './sign-in-config.ts'
