import { testPostgres, testRedis } from '../../../../tools/test-services/index.ts'

export type Services =
  | { readonly isAvailable: true; readonly env: Readonly<Record<string, string>> }
  | { readonly isAvailable: false; readonly reason: string }

/** PostgreSQL and Redis for this test file alone, as a server is told of them. Await it at the top of the file. */
export async function findServices(): Promise<Services> {
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
