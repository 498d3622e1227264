import { pathOf } from '../paths.ts'
import { type Child, startChild, whileAlive } from '../process/child.ts'
import { cpuMsOf, memoryOf, processTree } from '../process/process-stats.ts'
import type { RunLoadMessage, RunLoadResult, RunLoadTask } from './load-task.ts'

/** A server with a published workflow that can be called. */
export interface RunTarget {
  readonly child: Child
  readonly serverUrl: string
  /** Of the app that is run. */
  readonly key: string
  /** What must come out. */
  readonly expected: string
  /** Processes that work for the server: the database's. */
  readonly helpers: readonly number[]
}

export interface RunMeasurement {
  readonly load: RunLoadResult
  /** Within the measured time, in milliseconds. */
  readonly cpuMs: { readonly server: number; readonly database: number; readonly client: number }
  /** By the server's own figures: statements that it sent to its database, `begin` and `commit` included, for each run that it ended. */
  readonly statementsARun: number
  readonly rssBytes: number
}

const BODY = JSON.stringify({ inputs: {}, response_mode: 'blocking', user: 'bench' })

/** One run of the load client, with everybody's CPU and the server's own count of statements. */
export async function measureRuns(
  target: RunTarget,
  scale: Pick<RunLoadTask, 'connections' | 'warmUpMs' | 'measureMs'>,
): Promise<RunMeasurement> {
  const task: RunLoadTask = {
    ...scale,
    url: `${target.serverUrl}/v1/workflows/run`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${target.key}` },
    body: BODY,
    expected: target.expected,
  }
  const client = startChild(pathOf('bench/src/workflow/load-client.ts'), [JSON.stringify(task)])
  const now = async () => ({
    server: cpuMsOf(processTree(target.child.pid)),
    database: cpuMsOf(target.helpers.flatMap((pid) => processTree(pid))),
    client: cpuMsOf([client.pid]),
    counters: await readCounters(target.serverUrl),
  })
  try {
    let before = now()
    let after = before
    const result = new Promise<RunLoadResult>((resolve) => {
      client.process.on('message', (message: RunLoadMessage) => {
        if (message.type === 'measure-start') before = now()
        else if (message.type === 'measure-end') after = now()
        else resolve(message.result)
      })
    })
    const load = await whileAlive({ 'load client': client, server: target.child }, result)
    const [from, to] = await Promise.all([before, after])
    return {
      load,
      cpuMs: { server: to.server - from.server, database: to.database - from.database, client: to.client - from.client },
      statementsARun: (to.counters.statements - from.counters.statements) / (to.counters.runs - from.counters.runs),
      rssBytes: memoryOf(processTree(target.child.pid)).rssBytes,
    }
  } finally {
    await client.stop()
  }
}

/** Both from one page, so that they are of one moment however busy the server is. */
async function readCounters(serverUrl: string): Promise<{ readonly statements: number; readonly runs: number }> {
  const response = await fetch(`${serverUrl}/metrics`)
  const text = await response.text()
  const sum = (name: string): number =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'gm'))].reduce((total, [, count]) => total + Number(count), 0)
  return { statements: sum('trellis_database_query_seconds_count'), runs: sum('trellis_runs_finished_total') }
}
