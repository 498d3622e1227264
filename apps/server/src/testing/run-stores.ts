import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryCache } from '@trellis/cache'
import { createRedisCache } from '@trellis/cache/redis'
import type { Usage } from '@trellis/contracts'
import { type DatabaseOptions, type Db, openDatabase } from '@trellis/db'
import { newId } from '@trellis/kit'
import { type CacheBackend, type Clock, type LiveEvents, silentLogger, systemClock } from '@trellis/spec'
import { afterAll, afterEach, describe } from 'vitest'
import { skipSuite, testPostgres, testRedis } from '../../../../tools/test-services/index.ts'
import {
  createReaper,
  createRunHost,
  type EventBatch,
  type FollowDependencies,
  followRun,
  type Reaper,
  type RunContext,
  type RunHost,
  type RunOutcome,
  type RunRow,
  type StreamPosition,
} from '../features/runs/index.ts'
import { createWatchingLogger, type WatchingLogger } from './watching-logger.ts'

/** A database and live events that several hosts share, as processes would. */
export interface RunStores {
  readonly db: Db
  /** Live events as one more process sees them. */
  openLiveEvents(): Promise<LiveEvents>
}

/** Runs a suite on SQLite with events in process, and on PostgreSQL with Redis where the machine has both. Await it at the top of the file. */
export async function describeOnRunStores(name: string, suite: (stores: RunStores) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-test-'))
  afterAll(() => rm(folder, { recursive: true }))
  const memory = createMemoryCache({ clock: systemClock, logger: silentLogger })
  await describeOn(`${name} on SQLite`, { type: 'sqlite', file: join(folder, 'test.sqlite') }, async () => memory, suite)
  const postgres = await testPostgres()
  const redis = await testRedis()
  if (!postgres.isAvailable) return skipSuite(`${name} on PostgreSQL and Redis`, postgres)
  if (!redis.isAvailable) return skipSuite(`${name} on PostgreSQL and Redis`, redis)
  const openCache = (): Promise<CacheBackend> =>
    Promise.resolve(
      createRedisCache({
        redis: {
          mode: 'single',
          host: redis.host,
          port: redis.port,
          database: 0,
          keyPrefix: redis.keyPrefix,
          username: undefined,
          password: undefined,
          tls: undefined,
          connectTimeoutMs: 5000,
        },
        logger: silentLogger,
      }),
    )
  await describeOn(`${name} on PostgreSQL and Redis`, postgres.options, openCache, suite)
}

async function describeOn(
  title: string,
  options: DatabaseOptions,
  openCache: () => Promise<CacheBackend>,
  suite: (stores: RunStores) => void,
): Promise<void> {
  const database = openDatabase(options)
  await database.migrate()
  const caches: CacheBackend[] = []
  describe(title, () => {
    afterAll(async () => {
      for (const cache of caches) await cache.close()
      await database.close()
    })
    suite({
      db: database.db,
      async openLiveEvents() {
        const cache = await openCache()
        caches.push(cache)
        return cache.liveEvents
      },
    })
  })
}

/** A process that executes runs, as far as runs know of it. */
export interface TestProcess extends FollowDependencies {
  readonly host: RunHost
  readonly clock: TestClock
  readonly reaper: Reaper
  /** What the reaper told, of the levels `info` and `warn`. */
  readonly lines: WatchingLogger['lines']
  /** Runs that the reaper ended here, with the text that it found. */
  readonly interrupted: { readonly runId: string; readonly text: string; readonly outcome: RunOutcome }[]
  read(runId: string, after?: StreamPosition): Promise<readonly EventBatch[]>
}

export interface TestClock extends Clock {
  advance(milliseconds: number): void
}

/** Processes of one suite; they are closed after each test. Call it inside a `describe`. */
export function createProcesses(stores: RunStores): (options?: { readonly db?: Db }) => Promise<TestProcess> {
  const open: TestProcess[] = []
  afterEach(async () => {
    for (const { host, reaper } of open.splice(0)) {
      await host.close(0)
      await reaper.close()
    }
  })
  return async ({ db = stores.db } = {}) => {
    const liveEvents = await stores.openLiveEvents()
    let ahead = 0
    const clock: TestClock = {
      now: () => Date.now() + ahead,
      advance(milliseconds) {
        ahead += milliseconds
      },
    }
    const host = await createRunHost({ db, liveEvents, clock, logger: silentLogger, finishRetryMs: 1 })
    const interrupted: TestProcess['interrupted'] = []
    const { logger, lines } = createWatchingLogger()
    const reaper = createReaper({
      db,
      clock,
      logger,
      host,
      isAlone: false,
      interrupt: async (_, run: RunRow, text, outcome) => void interrupted.push({ runId: run.id, text, outcome }),
    })
    const dependencies = { db, liveEvents, host }
    const started: TestProcess = {
      ...dependencies,
      clock,
      reaper,
      interrupted,
      lines,
      async read(runId, after) {
        const batches: EventBatch[] = []
        for await (const batch of followRun(dependencies, runId, after, new AbortController().signal)) batches.push(batch)
        return batches
      },
    }
    open.push(started)
    return started
  }
}

type RunSpec = Parameters<RunHost['start']>[0]

/** A run that does what the script says; what its end writes is the caller's. */
export function aRun(
  execute: (context: RunContext) => Promise<RunOutcome>,
  more: Partial<Pick<RunSpec, 'finish' | 'afterwards' | 'timeoutMs' | 'accept'>> = {},
): RunSpec {
  return {
    run: {
      id: newId(),
      tenant_id: newId(),
      app_id: newId(),
      kind: 'chat',
      task_id: newId(),
      conversation_id: newId(),
      message_id: newId(),
      invoke_from: 'service-api',
      from_end_user_id: newId(),
      from_account_id: null,
      api_key_id: null,
      created_at: Date.now(),
    },
    timeoutMs: 60_000,
    accept: async () => undefined,
    finish: async () => undefined,
    execute,
    ...more,
  }
}

const usage: Usage = {
  promptTokens: 1,
  completionTokens: 2,
  totalTokens: 3,
  promptPriceNano: 0,
  completionPriceNano: 0,
  totalPriceNano: 0,
  promptUnitPriceNano: 0,
  completionUnitPriceNano: 0,
  priceUnitTokens: 1000,
  currency: 'USD',
  latencyMs: 1,
  firstTokenMs: 1,
}
const ledger = { queueMs: 0, engineMs: 0, databaseMs: 0, providerFirstTokenMs: 0, providerStreamMs: 0, totalMs: 0 }

export const succeeded: RunOutcome = { status: 'succeeded', usage, ledger }
export const stopped: RunOutcome = { status: 'stopped', usage, ledger }

/** Resolves when the signal aborts, with its reason. */
export const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason)
    else signal.addEventListener('abort', () => resolve(signal.reason), { once: true })
  })

/** The script of a run that goes on until it is stopped. */
export async function untilStopped({ signal }: RunContext): Promise<RunOutcome> {
  await aborted(signal)
  return stopped
}

/** A database that fails on command: as one whose connection breaks. */
export function createBreakableDb(db: Db): {
  readonly db: Db
  /** The next transactions fail, inserts that are one by themselves included; `afterCommit`: only their answer is lost. */
  breakNext(times: number, when?: 'before' | 'afterCommit'): void
  readonly transactions: () => number
} {
  let remaining = 0
  let isAfterCommit = false
  let transactions = 0
  const tryOrBreak = async <T>(act: () => Promise<T>): Promise<T> => {
    transactions += 1
    if (remaining <= 0) return act()
    remaining -= 1
    if (isAfterCommit) await act()
    throw new TypeError('Connection terminated unexpectedly')
  }
  const transaction = () => ({
    execute: <T>(work: (db: Db) => Promise<T>): Promise<T> => tryOrBreak(() => db.transaction().execute(work)),
  })
  const executeQuery: Db['executeQuery'] = (query) => tryOrBreak(() => db.executeQuery(query))
  return {
    transactions: () => transactions,
    breakNext(times, when = 'before') {
      remaining = times
      isAfterCommit = when === 'afterCommit'
    },
    db: new Proxy(db, {
      get(target, name) {
        if (name === 'transaction') return transaction
        if (name === 'executeQuery') return executeQuery
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }),
  }
}
