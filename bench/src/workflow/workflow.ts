import { findPostgres } from '../../../tools/test-services/find-binaries.ts'
import { type RunningPostgres, startPostgres } from '../../../tools/test-services/start-postgres.ts'
import { createConsole } from '../chat/console.ts'
import { openProfiler, reportProfile } from '../chat/profile.ts'
import { createHome, productionServer, startServer } from '../chat/trellis.ts'
import { describeMachine } from '../machine.ts'
import { watchOthers } from '../process/others.ts'
import { databases, type WorkflowFigures } from './figures.ts'
import { measureRuns, type RunMeasurement, type RunTarget } from './measure-runs.ts'
import { failuresOf, keepReport, renderTable } from './report.ts'
import { rowOfNodes } from './row-of-nodes.ts'

export interface WorkflowOptions {
  /** Half a minute that only proves that everything runs; keeps no results. */
  readonly isQuick: boolean
  /** Only fifty connections, under the profiler. */
  readonly isProfile: boolean
  /** Undefined: as many as the scale says. */
  readonly rounds: number | undefined
}

type DatabaseName = (typeof databases)[number]
type Cleanup = (() => Promise<void> | void)[]

const FULL = { rounds: 3, warmUpMs: 3_000, measureMs: 8_000 }
const QUICK = { rounds: 1, warmUpMs: 300, measureMs: 1_000 }
const CONNECTIONS = [1, 10, 50]
const MOST_CONNECTIONS = 50

const say = (text: string): void => console.error(`[bench] ${text}`)

/** `npm run bench -- workflow`. Resolves to the exit code: 1 where a run failed, misses of goals notwithstanding. */
export async function runWorkflow(options: WorkflowOptions): Promise<number> {
  const scale = options.isQuick ? QUICK : { ...FULL, rounds: options.rounds ?? FULL.rounds }
  const othersPercent = watchOthers()
  const figures: WorkflowFigures = new Map()
  for (const database of databases) {
    if (database === 'PostgreSQL' && findPostgres() === undefined) {
      say('PostgreSQL is not installed here: SQLite alone.')
      continue
    }
    const cleanup: Cleanup = []
    try {
      const target = await prepareTarget(database, options.isProfile ? ['--inspect=0'] : [], cleanup)
      if (options.isProfile) await profile(database, target)
      else figures.set(database, await measureAll(database, target, scale))
    } finally {
      for (const undo of cleanup.toReversed()) await undo()
    }
  }
  if (options.isProfile) return 0
  console.log(renderTable(figures))
  const othersCpuPercent = othersPercent()
  if (othersCpuPercent > 10)
    console.log(`\nOther processes took ${othersCpuPercent.toFixed(0)} % of the machine: measure again when it is quiet.`)
  const failures = failuresOf(figures)
  for (const failure of failures) console.log(`failed: ${failure}`)
  if (options.isQuick) console.log('\nNo results kept (a quick run).')
  else console.log(`\nKept: ${keepReport({ machine: describeMachine(), othersCpuPercent, ...scale, figures }, new Date()).join(', ')}`)
  return failures.length > 0 ? 1 : 0
}

async function measureAll(database: DatabaseName, target: RunTarget, { rounds, warmUpMs, measureMs }: typeof FULL) {
  const results = new Map<number, RunMeasurement[]>(CONNECTIONS.map((connections) => [connections, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [connections, measurements] of results) {
      say(`${database}: ${connections} connections, round ${round + 1} of ${rounds}`)
      measurements.push(await measureRuns(target, { connections, warmUpMs, measureMs }))
    }
  }
  return results
}

async function profile(database: DatabaseName, target: RunTarget): Promise<void> {
  const profiler = await openProfiler(target.child)
  await measureRuns(target, { connections: MOST_CONNECTIONS, warmUpMs: FULL.warmUpMs, measureMs: 1_000 })
  await profiler.start()
  const { load } = await measureRuns(target, { connections: MOST_CONNECTIONS, warmUpMs: 0, measureMs: FULL.measureMs })
  console.log(reportProfile(await profiler.stop(), `workflow-${database.toLowerCase()}`))
  console.log(
    `${database}: ${load.runs} runs in ${load.measuredMs.toFixed(0)} ms under the profiler, errors ${JSON.stringify(load.errors)}`,
  )
}

/** The production build over that database, with the workflow published in it. */
async function prepareTarget(database: DatabaseName, nodeOptions: readonly string[], cleanup: Cleanup): Promise<RunTarget> {
  const home = createHome()
  cleanup.push(home.remove)
  const postgres = database === 'PostgreSQL' ? await startPostgres({ isDurable: true }) : undefined
  if (postgres) cleanup.push(postgres.stop)
  const server = await startServer(home.path, {
    script: productionServer,
    nodeOptions,
    env: { ...environmentOf(postgres), APP_MAX_ACTIVE_REQUESTS: '0' },
  })
  cleanup.push(() => server.child.stop())
  const console = await createConsole(server.url)
  return {
    child: server.child,
    serverUrl: server.url,
    key: await console.createWorkflowApp(rowOfNodes()),
    expected: '"outputs":{"result":"bench"}',
    helpers: postgres ? [postgres.pid] : [],
  }
}

const environmentOf = (postgres: RunningPostgres | undefined): Record<string, string> =>
  postgres
    ? {
        DB_TYPE: 'postgresql',
        DB_HOST: postgres.host,
        DB_PORT: String(postgres.port),
        DB_USERNAME: postgres.user,
        DB_PASSWORD: postgres.password,
        DB_DATABASE: 'postgres',
      }
    : {}
