import { openDatabase } from '@trellis/db'
import { silentLogger, systemClock } from '@trellis/spec'
import { skipSuite, testPostgres } from '../../../../tools/test-services/index.ts'
import { describeQueue } from '../conformance/describe-queue.ts'
import { createDatabaseQueue } from './create-database-queue.ts'

const name = 'database, PostgreSQL'
const postgres = await testPostgres()
if (postgres.isAvailable) {
  describeQueue(name, async () => {
    const [database, other] = [openDatabase(postgres.options), openDatabase(postgres.options)]
    const timing = { leaseMs: 1200, poll: { shortestMs: 10, longestMs: 50 } }
    const dependencies = { clock: systemClock, logger: silentLogger, timing }
    return {
      queue: createDatabaseQueue({ db: database.db, ...dependencies }),
      other: createDatabaseQueue({ db: other.db, ...dependencies }),
      backend: { type: 'database', database: postgres.options, leaseMs: timing.leaseMs },
      async close() {
        await Promise.all([database.close(), other.close()])
      },
    }
  })
} else {
  skipSuite(`job queue: ${name}`, postgres)
}
