import { describe, expect, it } from 'vitest'
import type { Config } from './config.ts'
import type { Fault } from './findings.ts'
import { renderFaults } from './findings.ts'
import type { ProcessRole } from './kinds.ts'
import { loadConfig } from './load-config.ts'

type Env = Record<string, string>

function load(env: Env, role?: ProcessRole) {
  return loadConfig({ env, cwd: '/srv', ...(role ? { role } : {}) })
}

function configOf(env: Env, role?: ProcessRole): Config {
  const result = load(env, role)
  if (!result.ok) throw new Error(renderFaults(result.faults))
  return result.config
}

function faultsOf(env: Env, role?: ProcessRole): readonly Fault[] {
  const result = load(env, role)
  return result.ok ? [] : result.faults
}

const cluster: Env = {
  DB_HOST: 'db',
  REDIS_HOST: 'redis',
  SECRET_KEY: 'a secret of enough characters',
  STORAGE_TYPE: 's3',
  S3_BUCKET_NAME: 'files',
  S3_USE_AWS_MANAGED_IAM: 'true',
}

describe('the embedded default', () => {
  it('needs nothing', () => {
    const config = configOf({})
    expect(config).toMatchObject({
      role: 'all',
      dataFolder: '/srv/data',
      secretKey: undefined,
      server: { host: '127.0.0.1', port: 5001 },
      database: { type: 'sqlite', file: '/srv/data/trellis.db' },
      redis: undefined,
      jobs: { redis: undefined },
      storage: { type: 'local', folder: '/srv/data/storage' },
    })
  })

  it('takes empty values for absent ones, as compose files write them', () => {
    expect(configOf({ DB_HOST: '', DIFY_PORT: '  ', SECRET_KEY: '' }).database.type).toBe('sqlite')
  })

  it('lets PORT win over DIFY_PORT', () => {
    expect(configOf({ PORT: '8080', DIFY_PORT: '9090' }).server.port).toBe(8080)
    expect(configOf({ DIFY_PORT: '9090' }).server.port).toBe(9090)
  })

  it('puts relative paths into the data folder', () => {
    const config = configOf({ TRELLIS_HOME: 'place', OPENDAL_FS_ROOT: 'files', STORAGE_TYPE: 'opendal', LOG_FILE: 'logs/server.log' })
    expect(config.storage).toEqual({ type: 'local', folder: '/srv/place/files' })
    expect(config.log.file).toEqual({ path: '/srv/place/logs/server.log', maxMegabytes: 20, backups: 5 })
  })
})

describe('the database', () => {
  it('is PostgreSQL where a host is named', () => {
    expect(configOf({ DB_HOST: 'db', DB_PASSWORD: 'x' }).database).toMatchObject({
      type: 'postgresql',
      host: 'db',
      port: 5432,
      username: 'postgres',
      database: 'dify',
    })
  })

  it('says that MySQL is not yet supported', () => {
    const [fault] = faultsOf({ DB_TYPE: 'mysql' })
    expect(fault?.variable).toBe('DB_TYPE')
    expect(fault?.remedy).toContain('mysql is not yet supported')
  })

  it('warns of a host that an explicit SQLite leaves unused', () => {
    expect(load({ DB_TYPE: 'sqlite', DB_HOST: 'db' }).warnings.map((warning) => warning.variable)).toEqual(['DB_HOST'])
  })

  it('understands sslmode and options in DB_EXTRAS', () => {
    const database = configOf({ DB_HOST: 'db', DB_EXTRAS: 'sslmode=require&options=-c search_path=trellis' }).database
    expect(database).toMatchObject({ sslMode: 'require', options: '-c search_path=trellis' })
  })
})

describe('the encryption of the database connection', () => {
  it('is refused where it would fall back to plain text', () => {
    expect(faultsOf({ DB_HOST: 'db', DB_EXTRAS: 'sslmode=prefer' })[0]?.variable).toBe('DB_EXTRAS')
  })

  it('is named by DB_SSL_MODE before DB_EXTRAS', () => {
    expect(configOf({ DB_HOST: 'db', DB_SSL_MODE: 'verify-full', DB_EXTRAS: 'sslmode=require' }).database).toMatchObject({
      sslMode: 'verify-full',
    })
  })
})

describe('Redis', () => {
  it('is one server by default and serves jobs and events too', () => {
    const config = configOf({ REDIS_HOST: 'redis', REDIS_PASSWORD: 'x', REDIS_KEY_PREFIX: 'one' })
    expect(config.redis).toMatchObject({ mode: 'single', host: 'redis', port: 6379, password: 'x', database: 0, keyPrefix: 'one:' })
    expect(config.jobs.redis).toEqual(config.redis)
    expect(config.eventsRedis).toEqual(config.redis)
  })

  it('gives jobs the server of CELERY_BROKER_URL', () => {
    const config = configOf({ REDIS_HOST: 'redis', CELERY_BROKER_URL: 'redis://:p%40ss@redis:6380/1' })
    expect(config.jobs.redis).toMatchObject({ mode: 'single', host: 'redis', port: 6380, password: 'p@ss', database: 1 })
    expect(config.redis).toMatchObject({ port: 6379, database: 0 })
  })

  it('uses the broker for everything where nothing else is named', () => {
    expect(configOf({ CELERY_BROKER_URL: 'rediss://redis/1' }).redis).toMatchObject({
      host: 'redis',
      database: 1,
      tls: { verifiesServer: true },
    })
  })

  it('finds Sentinels', () => {
    const config = configOf({ REDIS_USE_SENTINEL: 'true', REDIS_SENTINELS: 'a:26379, b:26380', REDIS_SENTINEL_SERVICE_NAME: 'main' })
    expect(config.redis).toMatchObject({
      mode: 'sentinel',
      masterName: 'main',
      sentinels: [
        { host: 'a', port: 26379 },
        { host: 'b', port: 26380 },
      ],
    })
  })

  it('reads a broker behind Sentinels', () => {
    const config = configOf({
      CELERY_BROKER_URL: 'sentinel://:pw@a:26379/1;sentinel://b:26379/1',
      CELERY_USE_SENTINEL: 'true',
      CELERY_SENTINEL_MASTER_NAME: 'main',
    })
    expect(config.jobs.redis).toMatchObject({ mode: 'sentinel', masterName: 'main', password: 'pw', database: 1 })
  })

  it('refuses brokers of another kind', () => {
    expect(faultsOf({ CELERY_BROKER_URL: 'amqp://rabbit' })[0]?.variable).toBe('CELERY_BROKER_URL')
  })

  it('demands the nodes of a cluster', () => {
    expect(faultsOf({ REDIS_USE_CLUSTERS: 'true' })[0]?.variable).toBe('REDIS_CLUSTERS')
  })
})

describe('storage', () => {
  it('names what is supported', () => {
    expect(faultsOf({ STORAGE_TYPE: 'azure-blob' })[0]?.remedy).toBe(
      'azure-blob is not yet supported. Expected one of local, s3, or opendal with OPENDAL_SCHEME=fs.',
    )
  })

  it('reads a bucket', () => {
    const env = { STORAGE_TYPE: 's3', S3_BUCKET_NAME: 'files', S3_ENDPOINT: 'http://minio:9000/', S3_ACCESS_KEY: 'a', S3_SECRET_KEY: 'b' }
    expect(configOf(env).storage).toEqual({
      type: 's3',
      bucket: 'files',
      region: 'us-east-1',
      endpoint: 'http://minio:9000',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      usesPathStyle: true,
    })
  })

  it('demands bucket and keys together', () => {
    expect(faultsOf({ STORAGE_TYPE: 's3' }).map((fault) => fault.variable)).toEqual(['S3_BUCKET_NAME', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'])
  })
})

describe('cluster roles', () => {
  it.each(['api', 'worker', 'beat'] as const)('%s names everything that it misses, at once', (role) => {
    expect(
      faultsOf({}, role)
        .map((fault) => fault.variable)
        .sort(),
    ).toEqual(['DB_HOST', 'REDIS_HOST', 'SECRET_KEY', 'STORAGE_TYPE'])
  })

  it('start with a database server, Redis, a bucket and a secret', () => {
    expect(configOf(cluster, 'api')).toMatchObject({ role: 'api', server: { host: '0.0.0.0', port: 5001 } })
  })

  it('take local files only where they are said to be shared', () => {
    const local = { ...cluster, STORAGE_TYPE: 'local', STORAGE_LOCAL_PATH: '/mnt/files' }
    expect(faultsOf(local, 'worker')[0]?.variable).toBe('STORAGE_TYPE')
    expect(configOf({ ...local, STORAGE_LOCAL_SHARED: 'true' }, 'worker').storage).toEqual({ type: 'local', folder: '/mnt/files' })
  })

  it.each(['migration', 'job'] as const)('%s is no cluster role', (role) => {
    expect(load({}, role).ok).toBe(true)
  })

  it('follow MODE, and the command line before it', () => {
    expect(configOf({ ...cluster, MODE: 'worker' }).role).toBe('worker')
    expect(configOf({ ...cluster, MODE: 'worker' }, 'api').role).toBe('api')
  })
})

describe('faults', () => {
  it('come all together, each with its meaning and what would be right', () => {
    const faults = faultsOf({ DIFY_PORT: 'abc', LOG_LEVEL: 'loud', DB_TYPE: 'mysql', APP_WEB_URL: 'example.com', ALLOW_REGISTER: 'maybe' })
    expect(faults.map((fault) => fault.variable).sort()).toEqual(['ALLOW_REGISTER', 'APP_WEB_URL', 'DB_TYPE', 'DIFY_PORT', 'LOG_LEVEL'])
    expect(faults.find((fault) => fault.variable === 'DIFY_PORT')).toEqual({
      variable: 'DIFY_PORT',
      given: '"abc"',
      meaning: 'Port to listen on, for pages and all APIs.',
      remedy: 'Expected a whole number from 0 to 65535.',
    })
  })

  it('never show a secret', () => {
    const env = { SECRET_KEY: 'hunter2', ADMIN_API_KEY: 'sesame', CELERY_BROKER_URL: 'amqp://user:hunter3@host', METRICS_TOKEN: 'short' }
    const text = renderFaults(faultsOf(env))
    for (const secret of Object.values(env)) expect(text).not.toContain(secret)
    expect(text).toContain('4 settings are not right')
  })

  it('explain what Kubernetes puts into a pod', () => {
    expect(faultsOf({ REDIS_HOST: 'redis', REDIS_PORT: 'tcp://10.0.0.1:6379' })[0]?.remedy).toContain('enableServiceLinks')
  })
})

describe('warnings', () => {
  it('point at a name that is nearly ours', () => {
    expect(load({ DB_HSOT: 'db', STORAGE_TYP: 's3' }).warnings.map((warning) => warning.message)).toEqual([
      'DB_HSOT is not a setting. Is DB_HOST meant?',
      'STORAGE_TYP is not a setting. Is STORAGE_TYPE meant?',
    ])
  })

  it('leave the names of the system alone', () => {
    expect(
      load({ HOME: '/root', PATH: '/bin', TERM: 'xterm', LOGNAME: 'me', PWD: '/', LANG: 'C', HOSTNAME: 'h', npm_config_x: '1' }).warnings,
    ).toEqual([])
  })

  it("leave Dify's other names alone and list them", () => {
    const result = load({ VECTOR_STORE: 'weaviate', ENABLE_CLEAN_EMBEDDING_CACHE_TASK: 'true', EDITION: 'SELF_HOSTED', DB_CHARSET: 'utf8' })
    expect(result.warnings).toEqual([])
    expect(result.ok && result.config.ignoredVariables).toEqual([
      'DB_CHARSET',
      'EDITION',
      'ENABLE_CLEAN_EMBEDDING_CACHE_TASK',
      'VECTOR_STORE',
    ])
  })

  it('tell of a secret key that everybody can read', () => {
    expect(load({ SECRET_KEY: 'sk-9f73s3ljTXVcMT3Blb3ljTqtsKiGHXVcMT3BlbkFJLK7U' }).warnings[0]?.variable).toBe('SECRET_KEY')
  })
})

describe('code', () => {
  it('runs on this machine, without a network, unless something else is said', () => {
    expect(configOf({}).sandbox).toMatchObject({
      remote: undefined,
      network: undefined,
      limits: { timeoutMs: 15_000, memoryMegabytes: 256, processes: 8, fileMegabytes: 16 },
      concurrency: 4,
    })
  })

  it('runs elsewhere where an endpoint is named with its key, but for the sandbox itself', () => {
    const env = { CODE_EXECUTION_ENDPOINT: 'http://sandbox:8194/', CODE_EXECUTION_API_KEY: 'a key', SANDBOX_API_KEY: 'a key' }
    const remote = { url: 'http://sandbox:8194', apiKey: 'a key', connectTimeoutMs: 10_000, readTimeoutMs: 60_000 }
    expect(configOf(env).sandbox.remote).toEqual(remote)
    expect(configOf(env, 'sandbox').sandbox).toMatchObject({ remote: undefined, service: { port: 8194, apiKey: 'a key', maxRequests: 50 } })
    expect(faultsOf({ CODE_EXECUTION_ENDPOINT: 'http://sandbox:8194' })[0]?.variable).toBe('CODE_EXECUTION_API_KEY')
  })

  it("takes dify-sandbox's short names, and Compose's names before them", () => {
    const env = { SANDBOX_API_KEY: 'a key', WORKER_TIMEOUT: '5', ENABLE_NETWORK: 'true', SSRF_PROXY_ALL_URL: 'http://squid:3128' }
    const { limits, network } = configOf(env, 'sandbox').sandbox
    expect(limits.timeoutMs).toBe(5000)
    expect(network?.proxies).toEqual({ http: 'http://squid:3128', https: 'http://squid:3128' })
    const sooner = { ...env, SANDBOX_WORKER_TIMEOUT: '7', SANDBOX_ENABLE_NETWORK: 'false' }
    expect(configOf(sooner, 'sandbox').sandbox).toMatchObject({ limits: { timeoutMs: 7000 }, network: undefined })
  })
})

describe('outgoing requests', () => {
  it('take a proxy for all, or one for each scheme', () => {
    const pair = { SSRF_PROXY_HTTP_URL: 'http://a:1', SSRF_PROXY_HTTPS_URL: 'http://b:1' }
    expect(configOf(pair).egress.proxies).toEqual({ http: 'http://a:1', https: 'http://b:1' })
    expect(configOf({ ...pair, SSRF_PROXY_ALL_URL: 'http://c:1' }).egress.proxies).toEqual({ http: 'http://c:1', https: 'http://c:1' })
  })

  it('go straight out of the proxy itself, though all roles read one file', () => {
    const { egress, egressProxy } = configOf({ SSRF_PROXY_ALL_URL: 'http://ssrf_proxy:3128' }, 'ssrf-proxy')
    expect(egress.proxies).toEqual({ http: undefined, https: undefined })
    expect(egressProxy).toMatchObject({ port: 3128, connectPorts: [443], maxBytes: 104_857_600 })
  })

  it("take Dify's allow-lists too, with spaces or commas", () => {
    const env = {
      EGRESS_ALLOWED_HOSTS: 'a.test',
      SSRF_PROXY_ALLOW_PRIVATE_IPS: '10.0.0.5 192.168.0.0/16',
      SSRF_PROXY_ALLOW_PRIVATE_DOMAINS: 'ollama, .corp.test',
    }
    expect(configOf(env).egress.allowedHosts).toEqual(['a.test', '10.0.0.5', '192.168.0.0/16', 'ollama', '.corp.test'])
    expect(faultsOf({ SSRF_PROXY_ALLOW_PRIVATE_IPS: '*' })[0]?.variable).toBe('SSRF_PROXY_ALLOW_PRIVATE_IPS')
  })

  it("have Dify's limits for HTTP nodes", () => {
    expect(configOf({ HTTP_REQUEST_NODE_SSL_VERIFY: 'false' }).httpRequest).toEqual({
      connectTimeoutMs: 10_000,
      readTimeoutMs: 600_000,
      writeTimeoutMs: 600_000,
      maxBinaryBytes: 10_485_760,
      maxTextBytes: 1_048_576,
      verifiesCertificates: false,
    })
  })

  it.each(['10.0.0.0/33', '10.0.0/8', 'fd00::/129', 'http://host', 'a b', '*'])('refuse %s as a host or a range', (part) => {
    expect(faultsOf({ EGRESS_ALLOWED_HOSTS: `example.com,${part}` })[0]?.variable).toBe('EGRESS_ALLOWED_HOSTS')
  })

  it('take hosts, addresses and ranges', () => {
    const given = ['example.com', '*.example.com', '10.0.0.5', '10.0.0.0/8', 'fd00::/8']
    expect(configOf({ EGRESS_ALLOWED_HOSTS: given.join(', ') }).egress.allowedHosts).toEqual(given)
  })
})

describe('the rest', () => {
  it('makes origins of console addresses', () => {
    expect(configOf({ CONSOLE_WEB_URL: 'https://console.example.com/sub' }).server.consoleOrigins).toEqual(['https://console.example.com'])
  })

  it('counts in the units that the names say', () => {
    const config = configOf({
      ACCESS_TOKEN_EXPIRE_MINUTES: '10',
      UPLOAD_FILE_SIZE_LIMIT: '20',
      SSRF_DEFAULT_TIME_OUT: '2.5',
      UPLOAD_FILE_EXTENSION_BLACKLIST: 'EXE, .bat',
    })
    expect(config.auth.accessTokenLifetimeSeconds).toBe(600)
    expect(config.uploads).toMatchObject({ documentMegabytes: 20, refusedExtensions: ['exe', 'bat'] })
    expect(config.egress).toMatchObject({ connectTimeoutMs: 2500, readTimeoutMs: 2500 })
  })

  it('reads the counts of workers as Dify does', () => {
    expect(configOf({}).jobs.concurrency).toBe(4)
    expect(configOf({ CELERY_AUTO_SCALE: 'true', CELERY_MAX_WORKERS: '9' }).jobs.concurrency).toBe(9)
    expect(configOf({ CELERY_AUTO_SCALE: 'true', CELERY_WORKER_CONCURRENCY: '2' }).jobs.concurrency).toBe(2)
    expect(configOf({ CELERY_QUEUES: 'mail,dataset', CELERY_WORKER_QUEUES: 'mail' }).jobs.queues).toEqual(['mail'])
  })
})
