import { afterAll, beforeAll, describe } from 'vitest'
import { skipSuite, testPostgres, testRedis } from '../../../../tools/test-services/index.ts'
import { startTestServer, type TestServer, type TestServerOptions } from './test-server.ts'

/**
 * Runs a suite against the whole server: on what a newcomer gets (SQLite, everything in one process), and on PostgreSQL with Redis
 * where the machine has them. Await it at the top of the file; each call has a database of its own.
 */
export async function describeOnServers(
  name: string,
  options: TestServerOptions,
  suite: (server: () => TestServer) => void,
): Promise<void> {
  const describeOn = (title: string, env: Readonly<Record<string, string>>): void => {
    describe(title, () => {
      let server: TestServer
      beforeAll(async () => {
        server = await startTestServer({ ...options, env: { ...env, ...options.env } })
      })
      afterAll(() => server?.close())
      suite(() => server)
    })
  }
  describeOn(`${name} on SQLite`, {})
  const services = await findServices()
  const title = `${name} on PostgreSQL and Redis`
  if (services.isAvailable) describeOn(title, services.env)
  else skipSuite(title, services)
}

type Services =
  | { readonly isAvailable: true; readonly env: Readonly<Record<string, string>> }
  | { readonly isAvailable: false; readonly reason: string }

async function findServices(): Promise<Services> {
  const redis = await testRedis()
  if (!redis.isAvailable) return redis
  const postgres = await testPostgres()
  if (!postgres.isAvailable) return postgres
  const { options } = postgres
  if (options.type !== 'postgresql') throw new TypeError('testPostgres offers PostgreSQL.')
  return {
    isAvailable: true,
    env: {
      DB_TYPE: 'postgresql',
      DB_HOST: options.host,
      DB_PORT: String(options.port),
      DB_USERNAME: options.user,
      DB_PASSWORD: options.password,
      DB_DATABASE: options.database,
      SQLALCHEMY_POOL_SIZE: '10',
      REDIS_HOST: redis.host,
      REDIS_PORT: String(redis.port),
      REDIS_KEY_PREFIX: redis.keyPrefix.replace(/:$/, ''),
    },
  }
}
