import { describe, expect, it } from 'vitest'
import { configOf, type Env, faultsOf, load } from './testing/load-env.ts'

const cluster: Env = {
  DB_HOST: 'db',
  REDIS_HOST: 'redis',
  SECRET_KEY: 'a secret of enough characters',
  STORAGE_TYPE: 's3',
  S3_BUCKET_NAME: 'files',
  S3_USE_AWS_MANAGED_IAM: 'true',
}

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
