// The load client, a process of its own: takes one RunLoadTask as its argument, tells its parent of the measurement by IPC.
import { quantilesOf } from '../load/quantiles.ts'
import type { RunLoadMessage, RunLoadResult, RunLoadTask } from './load-task.ts'
import { RawConnection } from './raw-connection.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const tell = (message: RunLoadMessage): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))

/** Resolves to what was wrong with the answer; undefined where it is the expected one. */
const askOnce = (task: RunLoadTask, connection: RawConnection): Promise<string | undefined> =>
  connection.ask().then(
    ({ status, body }) => (status === 200 && body.includes(task.expected) ? undefined : `HTTP ${status}: ${body.slice(0, 200)}`),
    (error: Error) => error.message,
  )

async function run(task: RunLoadTask): Promise<RunLoadResult> {
  const target = new URL(task.url)
  const samples: number[] = []
  const errors: Record<string, number> = {}
  let phase: 'warm-up' | 'measure' | 'over' = 'warm-up'
  let runs = 0
  const keepAsking = async (): Promise<void> => {
    let connection = new RawConnection(target, task)
    while (phase !== 'over') {
      if (!connection.isOpen) connection = new RawConnection(target, task)
      const isMeasured = phase === 'measure'
      const startedAt = performance.now()
      const fault = await askOnce(task, connection)
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
  for (let count = 0; count < task.connections; count += 1) void keepAsking()
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
