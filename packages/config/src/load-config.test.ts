import { describe, expect, it } from 'vitest'
import { renderFaults } from './findings.ts'
import { configOf, faultsOf, load } from './testing/load-env.ts'

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

  it('do so too where names of Dify begin the same, and do not take a slip of the pen for one of those', () => {
    const result = load({
      CODE_EXECUTION_ENDPIONT: 'http://sandbox:8194',
      CODE_MAX_DEPHT: '5',
      WORKFLOW_MAX_EXECUTION_STEP: '9',
      MAIL_TYP: 'smtp',
      SMTP_SERVR: 'mail',
      SSRF_PROXY_ALL_URI: 'http://proxy:3128',
      HTTP_REQUEST_NODE_SSL_VERFY: 'false',
      SQLALCHEMY_POOLSIZE: '5',
    })
    expect(result.warnings.map(({ message }) => message.match(/Is (\w+) meant/)?.[1])).toEqual([
      'CODE_EXECUTION_ENDPOINT',
      'CODE_MAX_DEPTH',
      'WORKFLOW_MAX_EXECUTION_STEPS',
      'MAIL_TYPE',
      'SMTP_SERVER',
      'SSRF_PROXY_ALL_URL',
      'HTTP_REQUEST_NODE_SSL_VERIFY',
      'SQLALCHEMY_POOL_SIZE',
    ])
    expect(result.ok && result.config.ignoredVariables).toEqual([])
  })

  it("know Dify's own names with those beginnings", () => {
    const names = `
      WORKFLOW_PARALLEL_DEPTH_LIMIT WORKFLOW_NODE_EXECUTION_STORAGE WORKFLOW_LOG_CLEANUP_ENABLED WORKFLOW_LOG_RETENTION_DAYS
      WORKFLOW_LOG_CLEANUP_BATCH_SIZE WORKFLOW_SCHEDULE_POLLER_INTERVAL WORKFLOW_SCHEDULE_POLLER_BATCH_SIZE
      WORKFLOW_SCHEDULE_MAX_DISPATCH_PER_TICK WORKFLOW_VARIABLE_TRUNCATION_MAX_SIZE CODE_GENERATION_MAX_TOKENS
      CODE_EXECUTION_SSL_VERIFY CODE_EXECUTION_WRITE_TIMEOUT CODE_EXECUTION_POOL_MAX_CONNECTIONS
      CODE_EXECUTION_POOL_MAX_KEEPALIVE_CONNECTIONS CODE_EXECUTION_POOL_KEEPALIVE_EXPIRY MAIL_TEMPLATING_MODE
      MAIL_TEMPLATING_TIMEOUT SANDBOX_GIN_MODE SANDBOX_EXPIRED_RECORDS_RETENTION_DAYS SANDBOX_EXPIRED_RECORDS_CLEAN_BATCH_SIZE
      SSRF_COREDUMP_DIR SSRF_REVERSE_PROXY_PORT SSRF_SANDBOX_HOST SSRF_SANDBOX_PROXY_HOST SSRF_SANDBOX_PROXY_PORT
      SSRF_DEFAULT_WRITE_TIME_OUT SSRF_POOL_MAX_CONNECTIONS SSRF_POOL_KEEPALIVE_EXPIRY NEXT_PUBLIC_COOKIE_DOMAIN
      NEXT_PUBLIC_SOCKET_URL NEXT_PUBLIC_BATCH_CONCURRENCY SQLALCHEMY_MAX_OVERFLOW SQLALCHEMY_ECHO SQLALCHEMY_POOL_PRE_PING
      SQLALCHEMY_POOL_USE_LIFO POSTGRES_MAX_CONNECTIONS POSTGRES_SHARED_BUFFERS POSTGRES_WORK_MEM
      POSTGRES_IDLE_IN_TRANSACTION_SESSION_TIMEOUT HTTP_REQUEST_NODE_SSL_CERT_DATA HTTP_REQUEST_NODE_SSL_CLIENT_KEY_DATA`
    const result = load(
      Object.fromEntries(
        names
          .trim()
          .split(/\s+/)
          .map((name) => [name, 'x']),
      ),
    )
    expect(result.warnings).toEqual([])
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

describe('who may frame published apps', () => {
  const ancestorsOf = (list: string) => configOf({ APP_WEB_FRAME_ANCESTORS: list }).server.frameAncestors

  it('is anybody, the origins that are named, or nobody', () => {
    expect(configOf({}).server.frameAncestors).toEqual(['*'])
    expect(ancestorsOf('https://www.example.com/, https://*.example.org:8443')).toEqual([
      'https://www.example.com',
      'https://*.example.org:8443',
    ])
    expect(ancestorsOf('https://www.example.com,*')).toEqual(['*'])
    expect(ancestorsOf('none')).toEqual(["'none'"])
  })

  it.each(['example.com', "https://a; script-src 'unsafe-inline'", 'https://a.example/path', 'javascript:1'])('is not %s', (text) => {
    expect(faultsOf({ APP_WEB_FRAME_ANCESTORS: text })[0]?.variable).toBe('APP_WEB_FRAME_ANCESTORS')
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

  it('reach private model servers, unless a stranger may become an administrator', () => {
    const privateOf = (env: Record<string, string>) => configOf(env).egress.allowsPrivateModelEndpoints
    const open = { ALLOW_REGISTER: 'true', ALLOW_CREATE_WORKSPACE: 'true' }
    expect(privateOf({})).toBe(true)
    expect(privateOf({ MODEL_ENDPOINT_ALLOW_PRIVATE: 'false' })).toBe(false)
    expect(privateOf({ ALLOW_REGISTER: 'true' })).toBe(true)
    expect(privateOf({ ALLOW_CREATE_WORKSPACE: 'true' })).toBe(true)
    expect(privateOf(open)).toBe(false)
    expect(load(open).warnings).toEqual([])
    const said = { ...open, MODEL_ENDPOINT_ALLOW_PRIVATE: 'true' }
    expect(privateOf(said)).toBe(true)
    expect(load(said).warnings).toMatchObject([
      { variable: 'MODEL_ENDPOINT_ALLOW_PRIVATE', message: expect.stringContaining('EGRESS_ALLOWED_HOSTS') },
    ])
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
