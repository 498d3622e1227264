import { openDatabase } from '@trellis/db'
import { type JobQueue, silentLogger, systemClock } from '@trellis/spec'
import { z } from 'zod'
import { createBullmqQueue } from '../bullmq/create-bullmq-queue.ts'
import { createDatabaseQueue } from '../database/create-database-queue.ts'
import { createJobRegistration } from '../job-registration.ts'
import { connectTo } from './connect-to.ts'
import type { DoomedWorkerBackend, DoomedWorkerTask } from './doomed-worker.ts'

function connect(backend: DoomedWorkerBackend): JobQueue {
  if (backend.type === 'bullmq') return createBullmqQueue({ ...backend, connect: connectTo(backend), logger: silentLogger })
  const { db } = openDatabase(backend.database)
  return createDatabaseQueue({ db, clock: systemClock, logger: silentLogger, timing: { leaseMs: backend.leaseMs } })
}

const { backend, name, queue } = JSON.parse(process.argv[2] ?? '') as DoomedWorkerTask // written by doomed-worker.ts
const definition = { name, queue, payload: z.unknown(), attempts: 3, backoffMs: 10, timeoutMs: 60_000 }
connect(backend).work(
  [
    createJobRegistration(definition, async () => {
      process.stdout.write('taken\n')
      await new Promise(() => undefined)
    }),
  ],
  { concurrency: 1 },
)
