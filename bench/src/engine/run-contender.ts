// One contender with one workload, a process of its own: what one engine does to the heap and the compiler touches no other.
// Usage: node run-contender.ts <JSON of a ContenderTask>. Prints one line of JSON, the ContenderFigures.
import { pathToFileURL } from 'node:url'
import type { Contender, ContenderFigures, ContenderRun } from './contender.ts'

export interface ContenderTask {
  /** The contender's module. */
  readonly path: string
  readonly workload: string
  readonly expected: number
  readonly warmUpMs: number
  readonly measureMs: number
}

/** Between looks at the clock. */
const RUNS_AT_ONCE = 10

async function runFor(contender: ContenderRun, ms: number, expected: number): Promise<number> {
  const until = performance.now() + ms
  let runs = 0
  while (performance.now() < until) {
    for (let count = 0; count < RUNS_AT_ONCE; count += 1) {
      const answer = await contender.run()
      if (answer !== expected) throw new Error(`answered ${answer} instead of ${expected}`)
    }
    runs += RUNS_AT_ONCE
  }
  return runs
}

async function measure({ path, workload, expected, warmUpMs, measureMs }: ContenderTask): Promise<ContenderFigures> {
  // Contenders are files of the bench, all of this shape.
  const { prepare } = (await import(pathToFileURL(path).href)) as Contender
  const contender = await prepare(workload)
  const loadedRssBytes = process.memoryUsage.rss()
  await runFor(contender, warmUpMs, expected)
  const eventsBefore = contender.events()
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const runs = await runFor(contender, measureMs, expected)
  const wallMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    runs,
    wallMicrosecondsARun: (wallMs * 1000) / runs,
    cpuMicrosecondsARun: (user + system) / runs,
    eventsARun: (contender.events() - eventsBefore) / runs,
    loadedRssBytes,
    rssBytes: process.memoryUsage.rss(),
  }
}

// The parent is our own bench, which sends a ContenderTask.
console.log(JSON.stringify(await measure(JSON.parse(process.argv[2] ?? '{}') as ContenderTask)))
process.exit(0)
