import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createMemoryCache } from '@trellis/cache'
import type { RedisConnector } from '@trellis/cache/redis'
import type { Config, RedisConfig, StorageConfig } from '@trellis/config'
import { isDependencyAway } from '@trellis/contracts'
import { type DatabaseHooks, type OpenDatabase, openDatabase } from '@trellis/db'
import { createExtractor } from '@trellis/extractors'
import { type ClosableEgress, createEgress, makeFolder } from '@trellis/kit'
import { createResendMailer, createSendgridMailer } from '@trellis/mail'
import { createDatabaseQueue } from '@trellis/queue'
import type { CacheBackend, Clock, CodeSandbox, Egress, Extractor, JobQueue, Logger, Mailer, Storage } from '@trellis/spec'
import { createLocalStorage } from '@trellis/storage'
import { StartupError } from './data-folder.ts'
import { createDatabaseOutage } from './database-outage.ts'
import { toGuardOptions } from './guard-options.ts'
import { createQuietLogger } from './quiet-logger.ts'
import { openCodeSandbox } from './sandbox.ts'
import { createTableChanges, type TableChanges } from './table-changes.ts'

/** Everything that features stand on, each behind its port. */
export interface Platform {
  readonly clock: Clock
  readonly logger: Logger
  readonly database: OpenDatabase
  readonly tableChanges: TableChanges
  readonly cache: CacheBackend
  readonly queue: JobQueue
  readonly storage: Storage
  readonly egress: ClosableEgress
  readonly extractor: Extractor
  readonly sandbox: CodeSandbox
  /** Undefined: no mail is configured. */
  readonly mailer: Mailer | undefined
  /** That Redis or the database is away is told where it is noticed: those who only meet it need not. */
  readonly isToldAway: (error: unknown) => boolean
  close(): Promise<void>
}

export interface PlatformOptions {
  readonly config: Config
  readonly clock: Clock
  readonly logger: Logger
  readonly onQuery?: (milliseconds: number) => void
}

/** Opens what the configuration names. Drivers that it does not name are never loaded. */
export async function createPlatform({ config, clock, logger: log, onQuery }: PlatformOptions): Promise<Platform> {
  const outage = createDatabaseOutage(log, addressOf(config))
  const logger = createQuietLogger(log, outage)
  const connector = config.redis || config.jobs.redis ? await createConnector(logger) : undefined
  const isToldAway = (error: unknown): boolean => isDependencyAway(error) && (outage.isOn || connector?.isAway() === true)
  const tableChanges = createTableChanges(logger, isToldAway)
  const database = openConfiguredDatabase(config, { onChange: tableChanges.committed, absence: outage, ...(onQuery ? { onQuery } : {}) })
  const { redis, eventsRedis } = config
  const cache = redis ? await openRedisCache({ redis, eventsRedis }, logger, connector) : createMemoryCache({ clock, logger })
  await tableChanges.connect(cache.liveEvents).catch(async (error: unknown) => {
    await Promise.allSettled([cache.close(), database.close()])
    connector?.close()
    if (!config.redis) throw error
    throw new StartupError('Redis does not answer. Check REDIS_HOST, REDIS_PORT, REDIS_USERNAME, REDIS_PASSWORD and REDIS_DB.', {
      cause: error,
    })
  })
  const queue =
    config.jobs.redis && connector
      ? await openBullmq(config.jobs.redis, connector, logger)
      : createDatabaseQueue({ db: database.db, clock, logger: logger.child({ part: 'queue' }) })
  const storage = await openStorage(config.storage, clock)
  const egress = createEgress({ ...toGuardOptions(config), proxies: config.egress.proxies })
  // Its threads start with the first document.
  const extractor = createExtractor()
  const sandbox = openCodeSandbox({ config, logger, egress })
  const mailer = await openMailer(config, egress)
  return {
    clock,
    logger,
    database,
    tableChanges,
    cache,
    queue,
    storage,
    egress,
    extractor,
    sandbox,
    mailer,
    isToldAway,
    async close() {
      await mailer?.close()
      await extractor.close()
      await sandbox.close()
      await egress.close()
      await queue.close()
      await cache.close()
      connector?.close()
      await storage.close()
      await database.close()
    },
  }
}

export function openConfiguredDatabase({ database }: Config, hooks: DatabaseHooks = {}): OpenDatabase {
  if (database.type === 'sqlite') {
    makeFolder(dirname(database.file))
    return openDatabase({ type: 'sqlite', file: database.file }, hooks)
  }
  return openDatabase(
    {
      type: 'postgresql',
      host: database.host,
      port: database.port,
      user: database.username,
      password: database.password ?? '',
      database: database.database,
      poolSize: database.poolSize,
      acquireTimeoutMs: database.poolTimeoutMs,
      connectionLifetimeSeconds: database.connectionLifetimeSeconds,
      statementTimeoutMs: database.statementTimeoutMs,
      sslMode: database.sslMode,
      ...(database.sslCaFile === undefined ? {} : { sslAuthority: readFileSync(database.sslCaFile, 'utf8') }),
      ...(database.options === undefined ? {} : { options: database.options }),
    },
    hooks,
  )
}

/** For operators: where the database was looked for. */
const addressOf = ({ database }: Config): string => (database.type === 'sqlite' ? database.file : `${database.host}:${database.port}`)

async function createConnector(logger: Logger): Promise<RedisConnector> {
  const { createRedisConnector } = await import('@trellis/cache/redis')
  return createRedisConnector(logger)
}

export async function openRedisCache(
  { redis, eventsRedis }: { readonly redis: RedisConfig; readonly eventsRedis?: RedisConfig | undefined },
  logger: Logger,
  connector?: RedisConnector,
): Promise<CacheBackend> {
  const { createRedisCache } = await import('@trellis/cache/redis')
  return createRedisCache({ redis, logger, ...(eventsRedis ? { eventsRedis } : {}), ...(connector ? { connector } : {}) })
}

async function openBullmq(redis: RedisConfig, connector: RedisConnector, logger: Logger): Promise<JobQueue> {
  const { createBullmqQueue } = await import('@trellis/queue/bullmq')
  return createBullmqQueue({
    connect: (purpose) => connector.connect(redis, purpose),
    isAway: () => connector.outageOf(redis).isOn,
    keyPrefix: redis.keyPrefix,
    logger,
  })
}

export async function openStorage(storage: StorageConfig, clock: Clock): Promise<Storage> {
  if (storage.type === 'local') return createLocalStorage({ folder: storage.folder, clock })
  const { createS3Storage } = await import('@trellis/storage/s3')
  return createS3Storage(storage)
}

async function openMailer({ mail }: Config, egress: Egress): Promise<Mailer | undefined> {
  if (mail?.type !== 'smtp') return mail && (mail.type === 'resend' ? createResendMailer : createSendgridMailer)({ ...mail, egress })
  const { createSmtpMailer } = await import('@trellis/mail/smtp')
  return createSmtpMailer(mail)
}
