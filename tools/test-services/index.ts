import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, describe, inject, it } from 'vitest'
import type { DatabaseOptions } from '../../packages/db/src/index.ts'
import type { Offer, PostgresOffer, RedisOffer } from './broker.ts'
import { createDatabase, toOptions } from './postgres-databases.ts'

export type { Offer } from './broker.ts'
export { findPostgres, findRedis } from './find-binaries.ts'
export { findFreePort } from './guarded-server.ts'
export { type RunningPostgres, startPostgres } from './start-postgres.ts'
export { type RedisStartOptions, type RunningRedis, startRedis } from './start-redis.ts'
export { type RunningS3, startS3 } from './start-s3.ts'

/** An empty database for this test file alone, migrated unless said otherwise, dropped after it. Await it at the top of the file. */
export async function testPostgres({ isMigrated = true } = {}): Promise<Offer<{ readonly options: DatabaseOptions }>> {
  const offer = await ask<PostgresOffer>('/postgres')
  if (!offer.isAvailable) return offer
  const database = await createDatabase(offer.server, 'trellis_test', isMigrated ? offer.template : undefined)
  afterAll(() => database.drop())
  return { isAvailable: true, options: toOptions(offer.server, database.name) }
}

/** The run's Redis and a key prefix for this test file alone. Await it at the top of the file. */
export async function testRedis(): Promise<
  Offer<{ readonly host: string; readonly port: number; readonly url: string; readonly keyPrefix: string }>
> {
  const offer = await ask<RedisOffer>('/redis')
  return offer.isAvailable ? { ...offer, keyPrefix: `test-${randomBytes(6).toString('hex')}:` } : offer
}

/** Reports a suite that cannot run on this machine, and why. */
export function skipSuite(name: string, { reason }: { readonly reason: string }): void {
  describe.skip(`${name} (${reason})`, () => {
    it('is not run', () => undefined)
  })
}

async function ask<T>(path: string): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  request({ socketPath: inject('testServices'), path }, (response) => {
    let body = ''
    response.setEncoding('utf8')
    response.on('data', (part: string) => {
      body += part
    })
    response.on('end', () => {
      if (response.statusCode === 200)
        resolve(JSON.parse(body) as T) // made by the broker, of the same types
      else reject(new Error(`A test service did not start: ${body}`))
    })
  })
    .on('error', reject)
    .end()
  return promise
}
