import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@trellis/db'
import { silentLogger, systemClock } from '@trellis/spec'
import { describeQueue } from '../conformance/describe-queue.ts'
import { createDatabaseQueue } from './create-database-queue.ts'

describeQueue('database, SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-queue-'))
  const options = { type: 'sqlite', file: join(folder, 'test.db') } as const
  const database = openDatabase(options)
  await database.migrate()
  const timing = { leaseMs: 1200, poll: { shortestMs: 10, longestMs: 50 } }
  // Two queues over one handle: two writers in one thread would wait for each other, which no process of ours does.
  const dependencies = { db: database.db, clock: systemClock, logger: silentLogger, timing }
  return {
    queue: createDatabaseQueue(dependencies),
    other: createDatabaseQueue(dependencies),
    backend: { type: 'database', database: options, leaseMs: timing.leaseMs },
    async close() {
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
})
