import type { BasePaths } from './base-paths.ts'
import type { EgressConfig, EgressProxyConfig, HttpRequestConfig } from './egress-config.ts'
import type { ProcessRole } from './kinds.ts'
import type { MailConfig } from './mail-config.ts'
import type { NodesConfig, WorkflowsConfig } from './node-config.ts'
import type { SandboxConfig } from './sandbox-config.ts'
import type { SignInProviderConfig } from './sign-in-config.ts'

export type SslMode = 'disable' | 'require' | 'verify-ca' | 'verify-full'

export interface SqliteConfig {
  readonly type: 'sqlite'
  /** Absolute path of the database file. */
  readonly file: string
}

export interface PostgresConfig {
  readonly type: 'postgresql'
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string | undefined
  readonly database: string
  readonly sslMode: SslMode
  readonly sslCaFile: string | undefined
  /** Server options in the manner of `PGOPTIONS`, such as `-c search_path=x`. */
  readonly options: string | undefined
  readonly poolSize: number
  readonly poolTimeoutMs: number
  readonly connectionLifetimeSeconds: number
  /** 0 is no limit. */
  readonly statementTimeoutMs: number
}

export type DatabaseConfig = SqliteConfig | PostgresConfig

export interface HostAndPort {
  readonly host: string
  readonly port: number
}

export interface RedisTls {
  readonly verifiesServer: boolean
  readonly caFile: string | undefined
  readonly certificateFile: string | undefined
  readonly keyFile: string | undefined
}

interface RedisCommon {
  readonly username: string | undefined
  readonly password: string | undefined
  readonly keyPrefix: string
  readonly tls: RedisTls | undefined
  readonly connectTimeoutMs: number
}

export interface RedisSingleConfig extends RedisCommon {
  readonly mode: 'single'
  readonly host: string
  readonly port: number
  readonly database: number
}

export interface RedisSentinelConfig extends RedisCommon {
  readonly mode: 'sentinel'
  readonly sentinels: readonly HostAndPort[]
  readonly masterName: string
  readonly sentinelUsername: string | undefined
  readonly sentinelPassword: string | undefined
  readonly database: number
}

export interface RedisClusterConfig extends RedisCommon {
  readonly mode: 'cluster'
  readonly nodes: readonly HostAndPort[]
}

export type RedisConfig = RedisSingleConfig | RedisSentinelConfig | RedisClusterConfig

export interface LocalStorageConfig {
  readonly type: 'local'
  /** Absolute path of the folder. */
  readonly folder: string
}

export interface S3StorageConfig {
  readonly type: 's3'
  readonly bucket: string
  readonly region: string
  readonly endpoint: string | undefined
  /** Undefined: taken from the machine (environment, profile, role). */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
  readonly usesPathStyle: boolean
}

export type StorageConfig = LocalStorageConfig | S3StorageConfig

/** What a mailed code is good for. */
type CodePurpose = 'sign-in' | 'register' | 'reset-password' | 'change-email' | 'transfer-ownership' | 'delete-account'

/** What the process was told, checked and made whole. Paths are absolute, addresses have no trailing slash. */
export interface Config {
  readonly role: ProcessRole
  /** Absolute path. */
  readonly dataFolder: string
  /** Undefined: it is made and kept in the data folder (never for `api`, `worker`, `beat`). */
  readonly secretKey: string | undefined
  readonly migratesAtStart: boolean
  /** Told in `X-Env`. */
  readonly deployEnvironment: string
  readonly server: {
    readonly host: string
    readonly port: number
    /** Of the roles that serve nothing else; undefined: they listen to nothing. */
    readonly healthPort: number | undefined
    readonly processes: number
    readonly shutdownGraceMs: number
    readonly trustsForwardedHeaders: boolean
    readonly cookieDomain: string | undefined
    readonly bodyMaxBytes: number
    readonly bodyTimeoutMs: number
    readonly consoleOrigins: readonly string[]
    readonly webAppOrigins: readonly string[]
    /** Whose pages may frame published apps, as the content policy names them: `*` is anybody, `'none'` nobody. */
    readonly frameAncestors: readonly string[]
  }
  /** Undefined: the address of the request is the base. */
  readonly urls: {
    readonly consoleApi: string | undefined
    readonly consoleWeb: string | undefined
    readonly serviceApi: string | undefined
    readonly appWeb: string | undefined
    readonly files: string | undefined
    readonly triggers: string | undefined
    readonly basePaths: BasePaths
    readonly fileLinkLifetimeSeconds: number
  }
  readonly database: DatabaseConfig
  /** Cache, locks, limits, live events. Undefined: in process. */
  readonly redis: RedisConfig | undefined
  /** Live events where they have a server of their own, else the same as `redis`. */
  readonly eventsRedis: RedisConfig | undefined
  readonly jobs: {
    /** Undefined: a table of the database. */
    readonly redis: RedisConfig | undefined
    readonly concurrency: number
    /** Undefined: every queue. */
    readonly queues: readonly string[] | undefined
  }
  readonly storage: StorageConfig
  readonly auth: {
    readonly initPassword: string | undefined
    readonly accessTokenLifetimeSeconds: number
    readonly refreshTokenLifetimeSeconds: number
    readonly loginMaxFailures: number
    readonly loginLockoutSeconds: number
    /** By network address; 0 is no limit. */
    readonly callsPerMinute: { readonly 'sign-in': number; readonly setup: number; readonly passport: number; readonly mail: number }
    /** The same for forms that runs wait for. */
    readonly formCalls: { readonly limit: number; readonly windowMs: number }
    readonly allowsPasswordLogin: boolean
    /** Where mail is sent. */
    readonly allowsCodeLogin: boolean
    readonly codes: Readonly<Record<CodePurpose, { readonly lifetimeMs: number; readonly lockoutMs: number }>>
    /** Other services whose accounts sign in. */
    readonly signInProviders: readonly SignInProviderConfig[]
    readonly allowsRegistration: boolean
    readonly allowsWorkspaceCreation: boolean
    readonly invitationLifetimeMs: number
    /** Undefined: no admin key is accepted. */
    readonly adminApiKey: string | undefined
  }
  /** Undefined: none is sent. */
  readonly mail: MailConfig | undefined
  readonly egress: EgressConfig
  readonly httpRequest: HttpRequestConfig
  readonly egressProxy: EgressProxyConfig
  readonly sandbox: SandboxConfig
  readonly limits: {
    readonly runMaxSeconds: number
    /** 0 is no limit, in all of these. */
    readonly activeRunsPerAppByDefault: number
    readonly activeRunsPerApp: number
    readonly requestsPerApp: { readonly minute: number; readonly hour: number; readonly day: number }
    readonly fileSendFormat: 'base64' | 'url'
  }
  readonly nodes: NodesConfig
  readonly workflows: WorkflowsConfig
  readonly triggers: { readonly webhookMaxBytes: number; readonly runsSchedules: boolean }
  /** Imports of annotations; rates and concurrency are of a workspace. */
  readonly annotationImports: {
    readonly maxBytes: number
    readonly minRecords: number
    readonly maxRecords: number
    readonly perMinute: number
    readonly perHour: number
    readonly concurrent: number
  }
  /** Megabytes are 1,048,576 bytes, as on Dify's wire. */
  readonly uploads: {
    readonly documentMegabytes: number
    readonly imageMegabytes: number
    readonly audioMegabytes: number
    readonly videoMegabytes: number
    readonly attachmentImageMegabytes: number
    readonly filesPerBatch: number
    readonly imagesPerBatch: number
    readonly attachmentsPerChunk: number
    readonly filesPerRun: number
    /** Lower case, without the dot. */
    readonly refusedExtensions: readonly string[]
  }
  /** Dollars that a unit of a currency is worth, by its name. */
  readonly dollarRates: ReadonlyMap<string, number>
  /** Days; 0 keeps for ever. */
  readonly retention: {
    readonly runEventsDays: number
    readonly unusedFilesDays: number
    readonly auditLogDays: number
    readonly modelCallsDays: number
  }
  readonly log: {
    readonly level: 'debug' | 'info' | 'warn' | 'error'
    readonly format: 'text' | 'json'
    readonly file: { readonly path: string; readonly maxMegabytes: number; readonly backups: number } | undefined
  }
  readonly metrics: { readonly enabled: boolean; readonly token: string | undefined }
  /** Variables of Dify's that are set and have no meaning here yet. */
  readonly ignoredVariables: readonly string[]
}
