import { createServer } from 'node:http'
import type { PostgresOptions } from '../../packages/db/src/index.ts'
import { findPostgres, findRedis } from './find-binaries.ts'
import { createTemplate } from './postgres-databases.ts'
import { type RunningPostgres, startPostgres } from './start-postgres.ts'
import { startRedis } from './start-redis.ts'

/** What a test file gets: the service, or why there is none. Travels as JSON. */
export type Offer<T> = ({ readonly isAvailable: true } & T) | { readonly isAvailable: false; readonly reason: string }

export type PostgresAccess = Pick<PostgresOptions, 'host' | 'port' | 'user' | 'password'>
export type PostgresOffer = Offer<{ readonly server: PostgresAccess; readonly template: string }>
export type RedisOffer = Offer<{ readonly host: string; readonly port: number; readonly url: string }>

export interface Broker {
  readonly path: string
  close(): Promise<void>
}

interface Resource<T> {
  readonly offer: T
  close(): Promise<void>
}

/** Answers test processes over a socket and starts each service when it is first asked for. */
export async function startBroker(path: string): Promise<Broker> {
  const postgres = once(offerPostgres)
  const redis = once(offerRedis)
  const server = createServer((request, response) => {
    const offered = request.url === '/postgres' ? postgres.get() : redis.get()
    offered.then(
      ({ offer }) => response.end(JSON.stringify(offer)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  // An idle broker must not keep a finished run alive.
  server.unref()
  return {
    path,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await Promise.all([postgres.close(), redis.close()])
    },
  }
}

function once<T>(start: () => Promise<Resource<T>>): { get(): Promise<Resource<T>>; close(): Promise<void> } {
  let started: Promise<Resource<T>> | undefined
  return {
    get() {
      started ??= start()
      return started
    },
    async close() {
      const resource = await started?.catch(() => undefined) // what did not start was reported to whoever asked
      await resource?.close()
    },
  }
}

async function offerPostgres(): Promise<Resource<PostgresOffer>> {
  const { TEST_DATABASE_URL: given } = process.env
  if (given === undefined && findPostgres() === undefined) {
    return none('PostgreSQL is not installed here and TEST_DATABASE_URL is not set')
  }
  const started: RunningPostgres | undefined = given === undefined ? await startPostgres() : undefined
  const server = started ?? readUrl(given ?? '')
  const access = { host: server.host, port: server.port, user: server.user, password: server.password }
  const template = await createTemplate(access)
  return {
    offer: { isAvailable: true, server: access, template: template.name },
    async close() {
      if (started) await started.stop()
      else await template.drop()
    },
  }
}

function readUrl(text: string): PostgresAccess {
  const url = new URL(text)
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
}

async function offerRedis(): Promise<Resource<RedisOffer>> {
  const { TEST_REDIS_URL: given } = process.env
  if (given !== undefined) {
    const url = new URL(given)
    return { offer: { isAvailable: true, host: url.hostname, port: Number(url.port || 6379), url: given }, close: async () => undefined }
  }
  if (findRedis() === undefined) return none('redis-server is not installed here and TEST_REDIS_URL is not set')
  const { host, port, url, stop } = await startRedis()
  return { offer: { isAvailable: true, host, port, url }, close: stop }
}

function none(reason: string): Resource<{ readonly isAvailable: false; readonly reason: string }> {
  return { offer: { isAvailable: false, reason }, close: async () => undefined }
}
