// The load client, a process of its own: takes one RunLoadTask as its argument, tells its parent of the measurement by IPC.
import { Agent, request } from 'node:http'
import { quantilesOf } from '../load/quantiles.ts'
import type { RunLoadMessage, RunLoadResult, RunLoadTask } from './load-task.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const tell = (message: RunLoadMessage): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))

/** Resolves to what was wrong with the answer; undefined where it is the expected one. */
function askOnce(task: RunLoadTask, target: URL, agent: Agent): Promise<string | undefined> {
  return new Promise((resolve) => {
    const headers = { ...task.headers, 'content-length': Buffer.byteLength(task.body) }
    const options = { agent, host: target.hostname, port: target.port, path: target.pathname, method: 'POST', headers }
    const outgoing = request(options, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.once('error', (error) => resolve(error.message))
      response.once('end', () =>
        resolve(
          response.statusCode === 200 && text.includes(task.expected) ? undefined : `HTTP ${response.statusCode}: ${text.slice(0, 200)}`,
        ),
      )
    })
    outgoing.once('error', (error) => resolve(error.message))
    outgoing.end(task.body)
  })
}

async function run(task: RunLoadTask): Promise<RunLoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: task.connections, noDelay: true })
  const target = new URL(task.url)
  const samples: number[] = []
  const errors: Record<string, number> = {}
  let phase: 'warm-up' | 'measure' | 'over' = 'warm-up'
  let runs = 0
  const keepAsking = async (): Promise<void> => {
    while (phase !== 'over') {
      const isMeasured = phase === 'measure'
      const startedAt = performance.now()
      const fault = await askOnce(task, target, agent)
      if (fault !== undefined) {
        errors[fault] = (errors[fault] ?? 0) + 1
        // A target that refuses at once must not be asked ten thousand times a second.
        await pause(100)
      } else if (phase === 'measure') {
        runs += 1
        if (isMeasured) samples.push(performance.now() - startedAt)
      }
    }
  }
  for (let connection = 0; connection < task.connections; connection += 1) void keepAsking()
  await pause(task.warmUpMs)
  phase = 'measure'
  void tell({ type: 'measure-start' })
  const startedAt = performance.now()
  await pause(task.measureMs)
  phase = 'over'
  const measuredMs = performance.now() - startedAt
  void tell({ type: 'measure-end' })
  return { runs, measuredMs, totalMs: quantilesOf(samples), errors }
}

// The parent is our own bench, which sends a RunLoadTask.
await tell({ type: 'result', result: await run(JSON.parse(process.argv[2] ?? '{}') as RunLoadTask) })
process.exit(0)
