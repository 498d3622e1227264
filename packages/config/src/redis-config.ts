import type { HostAndPort, RedisConfig } from './config.ts'
import type { Environment, VariableName } from './environment.ts'
import type { Findings } from './findings.ts'

export interface RedisConfigs {
  readonly redis: RedisConfig | undefined
  readonly events: RedisConfig | undefined
  readonly jobs: RedisConfig | undefined
}

/** Jobs and live events may have servers of their own; where only the one for jobs is named, it serves everything. */
export function readRedis(environment: Environment, findings: Findings): RedisConfigs {
  const main = readMain(environment, findings)
  const broker = readBroker(environment, findings)
  const redis = main ?? broker
  const bus = environment.EVENT_BUS_REDIS_URL
  return {
    redis,
    events: bus === undefined ? redis : fromUrl(bus, 'EVENT_BUS_REDIS_URL', environment, findings),
    jobs: broker ?? redis,
  }
}

function common(environment: Environment) {
  return {
    username: environment.REDIS_USERNAME,
    password: environment.REDIS_PASSWORD,
    keyPrefix: environment.REDIS_KEY_PREFIX === undefined ? '' : `${environment.REDIS_KEY_PREFIX}:`,
    tls: environment.REDIS_USE_SSL ? readTls(environment) : undefined,
    connectTimeoutMs: environment.REDIS_SOCKET_CONNECT_TIMEOUT * 1000,
  }
}

function readTls(environment: Environment) {
  return {
    verifiesServer: environment.REDIS_SSL_CERT_REQS !== 'CERT_NONE',
    caFile: environment.REDIS_SSL_CA_CERTS,
    certificateFile: environment.REDIS_SSL_CERTFILE,
    keyFile: environment.REDIS_SSL_KEYFILE,
  }
}

function readMain(environment: Environment, findings: Findings): RedisConfig | undefined {
  if (environment.REDIS_USE_CLUSTERS) return readCluster(environment, findings)
  if (environment.REDIS_USE_SENTINEL) return readSentinel(environment, findings)
  if (environment.REDIS_HOST === undefined) {
    const orphan = (['REDIS_PASSWORD', 'REDIS_USERNAME'] as const).find((name) => environment[name] !== undefined)
    if (orphan && environment.CELERY_BROKER_URL === undefined) {
      findings.warn(orphan, `${orphan} is set but REDIS_HOST is not: Redis is not used. Set REDIS_HOST.`)
    }
    return undefined
  }
  return {
    mode: 'single',
    ...common(environment),
    host: environment.REDIS_HOST,
    port: environment.REDIS_PORT,
    database: environment.REDIS_DB,
  }
}

function readCluster(environment: Environment, findings: Findings): RedisConfig | undefined {
  if (environment.REDIS_CLUSTERS === undefined) {
    findings.fault('REDIS_CLUSTERS', 'REDIS_USE_CLUSTERS is on: name the nodes as host:port,host:port.')
    return undefined
  }
  const password = environment.REDIS_CLUSTERS_PASSWORD ?? environment.REDIS_PASSWORD
  return { mode: 'cluster', ...common(environment), password, nodes: parseServers(environment.REDIS_CLUSTERS) }
}

function readSentinel(environment: Environment, findings: Findings): RedisConfig | undefined {
  const { REDIS_SENTINELS: sentinels, REDIS_SENTINEL_SERVICE_NAME: masterName } = environment
  if (sentinels === undefined) findings.fault('REDIS_SENTINELS', 'REDIS_USE_SENTINEL is on: name the Sentinels as host:port,host:port.')
  if (masterName === undefined)
    findings.fault('REDIS_SENTINEL_SERVICE_NAME', 'REDIS_USE_SENTINEL is on: give the name of the master that the Sentinels watch.')
  if (sentinels === undefined || masterName === undefined) return undefined
  return {
    mode: 'sentinel',
    ...common(environment),
    sentinels: parseServers(sentinels),
    masterName,
    sentinelUsername: environment.REDIS_SENTINEL_USERNAME,
    sentinelPassword: environment.REDIS_SENTINEL_PASSWORD,
    database: environment.REDIS_DB,
  }
}

function parseServers(text: string): readonly HostAndPort[] {
  return text.split(',').map((part) => {
    const [host = '', port = ''] = part.trim().split(':')
    return { host, port: Number(port) }
  })
}

function readBroker(environment: Environment, findings: Findings): RedisConfig | undefined {
  const url = environment.CELERY_BROKER_URL
  if (url === undefined) return undefined
  const parts = url.split(';').map((part) => part.trim())
  if (parts.every((part) => part.startsWith('sentinel://') && URL.canParse(part))) return sentinelBroker(parts, environment, findings)
  if (environment.CELERY_USE_SENTINEL) {
    findings.fault('CELERY_BROKER_URL', 'CELERY_USE_SENTINEL is on: expected sentinel://host:port/database, several with ; between them.')
    return undefined
  }
  if (/^rediss?:\/\//.test(url) && URL.canParse(url)) return fromUrl(url, 'CELERY_BROKER_URL', environment, findings)
  findings.fault(
    'CELERY_BROKER_URL',
    'Jobs live in Redis or in the database: expected redis://user:password@host:port/database, or no value. Other brokers are not supported.',
  )
  return undefined
}

function sentinelBroker(parts: readonly string[], environment: Environment, findings: Findings): RedisConfig | undefined {
  const urls = parts.map((part) => new URL(part))
  const masterName = environment.CELERY_SENTINEL_MASTER_NAME ?? environment.REDIS_SENTINEL_SERVICE_NAME
  if (masterName === undefined) {
    findings.fault('CELERY_SENTINEL_MASTER_NAME', 'CELERY_BROKER_URL names Sentinels: give the name of the master that they watch.')
    return undefined
  }
  const first = urls[0]
  return {
    mode: 'sentinel',
    ...common(environment),
    ...(first ? credentialsOf(first, environment) : {}),
    sentinels: urls.map((url) => ({ host: hostOf(url), port: Number(url.port || 26379) })),
    masterName,
    sentinelUsername: environment.REDIS_SENTINEL_USERNAME,
    sentinelPassword: environment.CELERY_SENTINEL_PASSWORD ?? environment.REDIS_SENTINEL_PASSWORD,
    database: databaseOf(urls.find((url) => url.pathname.length > 1)) ?? 0,
  }
}

function fromUrl(text: string, variable: VariableName, environment: Environment, findings: Findings): RedisConfig | undefined {
  const url = new URL(text)
  const database = databaseOf(url)
  if (database === undefined) {
    findings.fault(variable, 'The part after the host is the number of the Redis database: expected redis://user:password@host:port/1.')
    return undefined
  }
  return {
    mode: 'single',
    ...common(environment),
    ...credentialsOf(url, environment),
    tls: url.protocol === 'rediss:' ? readTls(environment) : undefined,
    host: hostOf(url),
    port: Number(url.port || 6379),
    database,
  }
}

/** A server named by address brings its own credentials; those of REDIS_* hold only where it brings none and is the same host. */
function credentialsOf(url: URL, environment: Environment) {
  if (url.username !== '' || url.password !== '') {
    return { username: decoded(url.username), password: decoded(url.password) }
  }
  const isSameHost = hostOf(url) === environment.REDIS_HOST
  return isSameHost ? {} : { username: undefined, password: undefined }
}

function decoded(part: string): string | undefined {
  if (part === '') return undefined
  try {
    return decodeURIComponent(part)
  } catch {
    return part // a password with a bare % sign, taken as it stands
  }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function databaseOf(url: URL | undefined): number | undefined {
  const path = url?.pathname.replace(/^\/+/, '') ?? ''
  if (path === '') return 0
  return /^\d+$/.test(path) ? Number(path) : undefined
}
