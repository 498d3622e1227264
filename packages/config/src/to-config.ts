import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { readBasePaths } from './base-paths.ts'
import type { Config } from './config.ts'
import { readDatabase } from './database-config.ts'
import { readEgress, readEgressProxy, readHttpRequest } from './egress-config.ts'
import type { Environment } from './environment.ts'
import type { Findings } from './findings.ts'
import type { ProcessRole } from './kinds.ts'
import { readMail } from './mail-config.ts'
import { readNodes, readWorkflows } from './node-config.ts'
import { type RedisConfigs, readRedis } from './redis-config.ts'
import { readSandbox } from './sandbox-config.ts'
import { readSignInProviders } from './sign-in-config.ts'
import { readStorage } from './storage-config.ts'

interface Input {
  readonly environment: Environment
  readonly role: ProcessRole
  readonly dataFolder: string
  /** Where relative paths start. */
  readonly cwd: string
  readonly ignoredVariables: readonly string[]
  readonly findings: Findings
}

const dayInSeconds = 86_400

const readRate = (part: string): readonly [string, number] => {
  const [currency = '', rate] = part.split('=')
  return [currency, Number(rate)]
}

export function toConfig(input: Input): Config {
  const { environment, role, dataFolder, findings } = input
  const redis = readRedis(environment, findings)
  const config: Config = {
    role,
    dataFolder,
    secretKey: environment.SECRET_KEY,
    migratesAtStart: environment.MIGRATION_ENABLED,
    deployEnvironment: environment.DEPLOY_ENV,
    server: readServer(environment, role),
    urls: readUrls(environment, findings),
    database: readDatabase(environment, dataFolder, findings),
    redis: redis.redis,
    eventsRedis: redis.events,
    jobs: readJobs(environment, redis, findings),
    storage: readStorage(environment, dataFolder, findings),
    auth: readAuth(environment, findings),
    mail: readMail(environment, findings),
    egress: readEgress(environment, role, findings),
    httpRequest: readHttpRequest(environment),
    egressProxy: readEgressProxy(environment),
    sandbox: readSandbox({ environment, role, cwd: input.cwd, findings }),
    limits: readLimits(environment),
    nodes: readNodes(environment),
    workflows: readWorkflows(environment),
    triggers: {
      webhookMaxBytes: environment.WEBHOOK_REQUEST_BODY_MAX_SIZE,
      runsSchedules: environment.ENABLE_WORKFLOW_SCHEDULE_POLLER_TASK,
    },
    annotationImports: {
      maxBytes: environment.ANNOTATION_IMPORT_FILE_SIZE_LIMIT * 1_048_576,
      minRecords: environment.ANNOTATION_IMPORT_MIN_RECORDS,
      maxRecords: environment.ANNOTATION_IMPORT_MAX_RECORDS,
      perMinute: environment.ANNOTATION_IMPORT_RATE_LIMIT_PER_MINUTE,
      perHour: environment.ANNOTATION_IMPORT_RATE_LIMIT_PER_HOUR,
      concurrent: environment.ANNOTATION_IMPORT_MAX_CONCURRENT,
    },
    dollarRates: new Map(environment.CURRENCY_RATES_TO_USD.map(readRate)),
    uploads: readUploads(environment),
    retention: {
      runEventsDays: environment.RUN_EVENTS_RETENTION_DAYS,
      unusedFilesDays: environment.UNUSED_FILES_RETENTION_DAYS,
      auditLogDays: environment.AUDIT_LOG_RETENTION_DAYS,
      modelCallsDays: environment.MODEL_CALLS_RETENTION_DAYS,
    },
    log: readLog(environment, dataFolder),
    metrics: { enabled: environment.METRICS_ENABLED, token: environment.METRICS_TOKEN },
    ignoredVariables: input.ignoredVariables,
  }
  checkSecretKey(environment, findings)
  checkOrigins(config, findings)
  if (role === 'api' || role === 'worker' || role === 'beat') checkCluster(config, environment, findings)
  return config
}

function readServer(environment: Environment, role: ProcessRole): Config['server'] {
  const consoleOrigins =
    environment.CONSOLE_CORS_ALLOW_ORIGINS ?? (environment.CONSOLE_WEB_URL === undefined ? [] : [environment.CONSOLE_WEB_URL])
  // A command speaks of the server that these settings make.
  const serving = role === 'job' ? environment.MODE : role
  return {
    host: environment.DIFY_BIND_ADDRESS ?? (serving === 'all' || serving === 'job' ? '127.0.0.1' : '0.0.0.0'),
    port: environment.PORT ?? environment.DIFY_PORT,
    healthPort: environment.HEALTH_PORT,
    processes: environment.SERVER_WORKER_AMOUNT,
    shutdownGraceMs: environment.SHUTDOWN_GRACE_SECONDS * 1000,
    trustsForwardedHeaders: environment.RESPECT_XFORWARD_HEADERS_ENABLED,
    cookieDomain: environment.COOKIE_DOMAIN,
    bodyMaxBytes: environment.HTTP_BODY_MAX_SIZE * 1024 * 1024,
    bodyTimeoutMs: environment.HTTP_BODY_TIMEOUT * 1000,
    consoleOrigins: consoleOrigins.map(toOrigin),
    webAppOrigins: environment.WEB_API_CORS_ALLOW_ORIGINS.map(toOrigin),
    frameAncestors: toFrameAncestors(environment.APP_WEB_FRAME_ANCESTORS),
  }
}

/** One word that says all makes the others idle; nobody is meant where nobody stands in the list. */
function toFrameAncestors(parts: readonly string[]): readonly string[] {
  if (parts.includes('*')) return ['*']
  const origins = parts.filter((part) => part !== 'none').map(toOrigin)
  return origins.length === 0 ? ["'none'"] : origins
}

function toOrigin(text: string): string {
  return text === '*' ? text : new URL(text).origin
}

function readUrls(environment: Environment, findings: Findings): Config['urls'] {
  return {
    consoleApi: environment.CONSOLE_API_URL,
    consoleWeb: environment.CONSOLE_WEB_URL,
    serviceApi: environment.SERVICE_API_URL,
    appWeb: environment.APP_WEB_URL,
    files: environment.FILES_URL ?? environment.CONSOLE_API_URL,
    triggers: environment.TRIGGER_URL,
    basePaths: readBasePaths(environment, findings),
    fileLinkLifetimeSeconds: environment.FILES_ACCESS_TIMEOUT,
  }
}

function readJobs(environment: Environment, redis: RedisConfigs, findings: Findings): Config['jobs'] {
  const most = environment.CELERY_MAX_WORKERS ?? availableParallelism()
  if (environment.CELERY_AUTO_SCALE && environment.CELERY_MIN_WORKERS > most) {
    findings.fault('CELERY_MIN_WORKERS', `Expected at most ${most}, the number of CELERY_MAX_WORKERS.`)
  }
  return {
    redis: redis.jobs,
    concurrency: environment.CELERY_WORKER_CONCURRENCY ?? (environment.CELERY_AUTO_SCALE ? most : environment.CELERY_WORKER_AMOUNT),
    queues: environment.CELERY_WORKER_QUEUES ?? environment.CELERY_QUEUES,
  }
}

function readAuth(environment: Environment, findings: Findings): Config['auth'] {
  if (environment.ADMIN_API_KEY_ENABLE && environment.ADMIN_API_KEY === undefined) {
    findings.fault('ADMIN_API_KEY', 'ADMIN_API_KEY_ENABLE is on: give a key of at least 16 characters, or turn it off.')
  }
  return {
    initPassword: environment.INIT_PASSWORD,
    accessTokenLifetimeSeconds: environment.ACCESS_TOKEN_EXPIRE_MINUTES * 60,
    refreshTokenLifetimeSeconds: environment.REFRESH_TOKEN_EXPIRE_DAYS * dayInSeconds,
    loginMaxFailures: environment.LOGIN_MAX_FAILURES,
    loginLockoutSeconds: environment.LOGIN_LOCKOUT_DURATION,
    callsPerMinute: {
      'sign-in': environment.LOGIN_IP_LIMIT_PER_MINUTE,
      setup: environment.SETUP_IP_LIMIT_PER_MINUTE,
      passport: environment.PASSPORT_IP_LIMIT_PER_MINUTE,
      mail: environment.EMAIL_SEND_IP_LIMIT_PER_MINUTE,
    },
    formCalls: {
      limit: environment.WEB_FORM_SUBMIT_RATE_LIMIT_MAX_ATTEMPTS,
      windowMs: environment.WEB_FORM_SUBMIT_RATE_LIMIT_WINDOW_SECONDS * 1000,
    },
    allowsPasswordLogin: environment.ENABLE_EMAIL_PASSWORD_LOGIN,
    allowsCodeLogin: environment.ENABLE_EMAIL_CODE_LOGIN,
    codes: readCodes(environment),
    signInProviders: readSignInProviders(environment, findings),
    allowsRegistration: environment.ALLOW_REGISTER,
    allowsWorkspaceCreation: environment.ALLOW_CREATE_WORKSPACE,
    invitationLifetimeMs: environment.INVITE_EXPIRY_HOURS * 3_600_000,
    adminApiKey: environment.ADMIN_API_KEY_ENABLE ? environment.ADMIN_API_KEY : undefined,
  }
}

function readCodes(environment: Environment): Config['auth']['codes'] {
  const of = (minutes: number, seconds: number) => ({ lifetimeMs: minutes * 60_000, lockoutMs: seconds * 1000 })
  return {
    'sign-in': of(environment.EMAIL_CODE_LOGIN_TOKEN_EXPIRY_MINUTES, environment.LOGIN_LOCKOUT_DURATION),
    register: of(environment.EMAIL_REGISTER_TOKEN_EXPIRY_MINUTES, environment.EMAIL_REGISTER_LOCKOUT_DURATION),
    'reset-password': of(environment.RESET_PASSWORD_TOKEN_EXPIRY_MINUTES, environment.FORGOT_PASSWORD_LOCKOUT_DURATION),
    'change-email': of(environment.CHANGE_EMAIL_TOKEN_EXPIRY_MINUTES, environment.CHANGE_EMAIL_LOCKOUT_DURATION),
    // Dify has no setting of its own for it.
    'delete-account': of(environment.CHANGE_EMAIL_TOKEN_EXPIRY_MINUTES, environment.CHANGE_EMAIL_LOCKOUT_DURATION),
    'transfer-ownership': of(environment.OWNER_TRANSFER_TOKEN_EXPIRY_MINUTES, environment.OWNER_TRANSFER_LOCKOUT_DURATION),
  }
}

function readLimits(environment: Environment): Config['limits'] {
  return {
    runMaxSeconds: environment.APP_MAX_EXECUTION_TIME,
    activeRunsPerAppByDefault: environment.APP_DEFAULT_ACTIVE_REQUESTS,
    activeRunsPerApp: environment.APP_MAX_ACTIVE_REQUESTS,
    requestsPerApp: {
      minute: environment.APP_MINUTE_RATE_LIMIT,
      hour: environment.APP_HOURLY_RATE_LIMIT,
      day: environment.APP_DAILY_RATE_LIMIT,
    },
    fileSendFormat: environment.MULTIMODAL_SEND_FORMAT,
  }
}

function readUploads(environment: Environment): Config['uploads'] {
  return {
    documentMegabytes: environment.UPLOAD_FILE_SIZE_LIMIT,
    imageMegabytes: environment.UPLOAD_IMAGE_FILE_SIZE_LIMIT,
    audioMegabytes: environment.UPLOAD_AUDIO_FILE_SIZE_LIMIT,
    videoMegabytes: environment.UPLOAD_VIDEO_FILE_SIZE_LIMIT,
    attachmentImageMegabytes: environment.ATTACHMENT_IMAGE_FILE_SIZE_LIMIT,
    filesPerBatch: environment.UPLOAD_FILE_BATCH_LIMIT,
    imagesPerBatch: environment.IMAGE_FILE_BATCH_LIMIT,
    attachmentsPerChunk: environment.SINGLE_CHUNK_ATTACHMENT_LIMIT,
    filesPerRun: environment.WORKFLOW_FILE_UPLOAD_LIMIT,
    refusedExtensions: (environment.UPLOAD_FILE_EXTENSION_BLACKLIST ?? []).map((extension) => extension.toLowerCase().replace(/^\./, '')),
  }
}

const levels = { DEBUG: 'debug', INFO: 'info', WARNING: 'warn', ERROR: 'error' } as const

function readLog(environment: Environment, dataFolder: string): Config['log'] {
  return {
    level: levels[environment.LOG_LEVEL],
    format: environment.LOG_OUTPUT_FORMAT,
    file:
      environment.LOG_FILE === undefined
        ? undefined
        : {
            path: resolve(dataFolder, environment.LOG_FILE),
            maxMegabytes: environment.LOG_FILE_MAX_SIZE,
            backups: environment.LOG_FILE_BACKUP_COUNT,
          },
  }
}

/** The key of Dify's published sample file: whoever has read that file can forge sessions. */
const publishedKeyStart = 'sk-9f73s3ljTXVcMT3B'

function checkSecretKey(environment: Environment, findings: Findings): void {
  if (environment.SECRET_KEY?.startsWith(publishedKeyStart)) {
    findings.warn(
      'SECRET_KEY',
      'SECRET_KEY is the one of a published sample file: anybody can forge sessions and file links. Make one with `openssl rand -base64 42`.',
    )
  }
}

function checkOrigins(config: Config, findings: Findings): void {
  if (config.server.consoleOrigins.includes('*')) {
    findings.warn(
      'CONSOLE_CORS_ALLOW_ORIGINS',
      'With * the console API answers pages of every origin, without their cookies. Name the origins of the console instead.',
    )
  }
}

/** Several processes of one installation must see the same rows, locks, files and secrets. */
function checkCluster(config: Config, environment: Environment, findings: Findings): void {
  const because = `The role \`${config.role}\` shares its work with other processes`
  const alone = 'To run everything in one process, use the role `all`.'
  if (config.database.type === 'sqlite') {
    const variable = environment.DB_TYPE === undefined ? 'DB_HOST' : 'DB_TYPE'
    findings.fault(
      variable,
      `${because} and needs a database server: set DB_HOST, DB_USERNAME, DB_PASSWORD and DB_DATABASE (DB_TYPE=postgresql). ${alone}`,
    )
  }
  if (config.redis === undefined) findings.fault('REDIS_HOST', `${because} and needs Redis: set REDIS_HOST. ${alone}`)
  if (config.secretKey === undefined) findings.fault('SECRET_KEY', `${because}: give all of them the same SECRET_KEY. ${alone}`)
  if (config.storage.type === 'local' && !environment.STORAGE_LOCAL_SHARED) {
    findings.fault(
      'STORAGE_TYPE',
      `${because} and needs shared files: set STORAGE_TYPE=s3, or STORAGE_LOCAL_PATH to a folder that all of them see and STORAGE_LOCAL_SHARED=true. ${alone}`,
    )
  }
}
