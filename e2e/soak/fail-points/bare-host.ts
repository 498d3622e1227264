// A host of runs with nothing around it: the database, the runs and the engine, no HTTP. It dies where it is told to.
import { writeSync } from 'node:fs'
import { expireDueForms } from '../../../apps/server/src/features/human-input/expire-forms.ts'
import {
  createReaper,
  createRunHost,
  decodeEvents,
  findRunById,
  followRun,
  listRunEvents,
} from '../../../apps/server/src/features/runs/index.ts'
import { createWake } from '../../../apps/server/src/features/workflow-runs/wake-run.ts'
import { createWorkflowRuns } from '../../../apps/server/src/features/workflow-runs/workflow-runs.service.ts'
// What the features' routes ask of requests is typed by the server's plugins.
import type {} from '../../../apps/server/src/http/server.ts'
import { createMemoryCache } from '../../../packages/cache/src/index.ts'
import { type Db, openDatabase } from '../../../packages/db/src/index.ts'
import { newId } from '../../../packages/kit/src/index.ts'
import { silentLogger, systemClock } from '../../../packages/spec/src/index.ts'
import { createBareForms } from './bare-forms.ts'
import { createBareServices } from './bare-services.ts'
import { createBareWorkflows, theApp } from './bare-workflows.ts'
import { createBoundaries, withBoundaries } from './boundaries.ts'
import type { Orders, Report } from './orders.ts'

// As the soak wrote it.
const orders = JSON.parse(process.argv[2] ?? '{}') as Orders

// A line is out before the process can die.
const report = (line: Report): void => void writeSync(1, `${JSON.stringify(line)}\n`)

const boundaries = createBoundaries(orders.dieAt)
const database = openDatabase({ type: 'sqlite', file: orders.database }, { onQuery: boundaries.pass })
await database.migrate()
// A life that begins a run counts from there: before it there is nothing to lose.
if (!orders.start) boundaries.begin()
const db = withBoundaries(database.db, boundaries.pass)
const { liveEvents } = createMemoryCache({ clock: systemClock, logger: silentLogger })
const host = await createRunHost({ db, liveEvents, clock: systemClock, logger: silentLogger })
const interrupt = async (): Promise<void> => undefined
const wake = createWake({ db, clock: systemClock, logger: silentLogger, runHost: host, liveEvents, interrupt }, (run, journal) =>
  runs.takeUp(run, journal, 'answered'),
)
const { workflows, find } = createBareWorkflows(orders.effectUrl)
const runs = createWorkflowRuns(
  {
    clock: systemClock,
    runHost: host,
    servicesFor: createBareServices(boundaries.pass),
    limits: { maxSteps: 500, maxTimeMs: 60_000 },
    maxConcurrency: 10,
    runMaxSeconds: 60,
    db,
    formLifetimeMs: 60_000,
    wake,
    workflows,
    findApp: async () => theApp,
    draftVariables: { read: noDraft, store: noDraft },
  },
  () => {
    throw new Error('There are no chatflows here.')
  },
)
const reaper = createReaper({
  db,
  clock: systemClock,
  logger: silentLogger,
  host,
  isAlone: true,
  interrupt,
  takeUp: runs.takeUp,
})
await reaper.start()
const never = new AbortController().signal
// What the clock does: a life may have ended between an answer and what follows from it.
await expireDueForms({ db, clock: systemClock, logger: silentLogger, wake }, never)
const forms = await createBareForms({ db, clock: systemClock, wake })

let runId = orders.follow?.runId
if (orders.start) {
  boundaries.begin()
  const started = await runs.start({
    app: theApp,
    workflow: find(orders.start.graph),
    inputs: { key: orders.start.key },
    files: [],
    invokeFrom: 'service-api',
    triggeredFrom: 'app-run',
    asker: { endUserId: newId(), accountId: null, apiKeyId: null },
    userName: 'somebody',
    resolveFiles: async () => [],
  })
  runId = started.runId
  report({ type: 'started', runId })
}
for (let position = orders.follow?.after; runId !== undefined; ) {
  for await (const batch of followRun({ db, liveEvents, host }, runId, position, never)) {
    report({ type: 'events', ...batch })
    position = { epoch: batch.epoch, offset: batch.firstOffset + batch.events.length - 1 }
  }
  if ((await findRunById(db, runId))?.status !== 'paused') break
  if (orders.atPause === 'die') process.kill(process.pid, 'SIGKILL')
  await forms.answer(runId)
}
// Also of a run that nobody knows of, as its process died before it could tell.
while (host.liveCount() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
const run = runId === undefined ? undefined : await findRunById(db, runId)
report({
  type: 'over',
  boundaries: boundaries.count(),
  status: run?.status ?? 'none',
  outputs: run?.outputs ?? null,
  running: await countRunning(db),
  answers: runId === undefined ? 0 : await countAnswers(db, runId),
})
await host.close(1000)
await reaper.close()
await database.close()
process.exit(0)

function noDraft(): never {
  throw new Error('Nothing here is a draft.')
}

async function countRunning(db: Db): Promise<number> {
  return (await db.selectFrom('runs').select('id').where('status', '=', 'running').execute()).length
}

async function countAnswers(db: Db, runId: string): Promise<number> {
  const events = (await listRunEvents(db, runId, 0)).flatMap(decodeEvents)
  return events.filter(({ type }) => type === 'human-input-done').length
}
