import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describeMachine } from '../machine.ts'
import { pathOf } from '../paths.ts'
import { watchOthers } from '../process/others.ts'
import type { ContenderFigures } from './contender.ts'
import { type ContenderName, contenders, type EngineFigures } from './figures.ts'
import { keepReport, renderTable } from './report.ts'
import type { ContenderTask } from './run-contender.ts'
import { type Workload, workloads } from './workloads.ts'

export interface EngineOptions {
  /** A few seconds that only prove that everything runs; keeps no results. */
  readonly isQuick: boolean
  /** Undefined: as many as the scale says. */
  readonly rounds: number | undefined
}

const FULL = { rounds: 5, warmUpMs: 1_000, measureMs: 2_000 }
const QUICK = { rounds: 1, warmUpMs: 100, measureMs: 100 }

/** `npm run bench -- engine`. Resolves to the exit code; a contender that answers wrongly or not at all rejects. */
export async function runEngine(options: EngineOptions): Promise<number> {
  const scale = options.isQuick ? QUICK : { ...FULL, rounds: options.rounds ?? FULL.rounds }
  const othersPercent = watchOthers()
  const figures: Map<Workload, ReadonlyMap<ContenderName, readonly ContenderFigures[]>> = new Map()
  for (const workload of workloads) figures.set(workload, await measureAll(workload, scale))
  console.log(renderTable(figures))
  const othersCpuPercent = othersPercent()
  if (othersCpuPercent > 10)
    console.log(`\nOther processes took ${othersCpuPercent.toFixed(0)} % of the machine: measure again when it is quiet.`)
  if (options.isQuick) console.log('\nNo results kept (a quick run).')
  else {
    const report = { machine: describeMachine(), othersCpuPercent, ...scale, versions: versionsOfPeers(), figures }
    console.log(`\nKept: ${keepReport(report, new Date()).join(', ')}`)
  }
  return 0
}

/** Round by round through all contenders, every second round backwards, so that what drifts touches all alike. */
async function measureAll(
  workload: Workload,
  { rounds, warmUpMs, measureMs }: typeof FULL,
): Promise<ReturnType<EngineFigures['get']> & {}> {
  const results = new Map<ContenderName, ContenderFigures[]>()
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, path } of round % 2 === 0 ? contenders : contenders.toReversed()) {
      console.error(`[bench] ${workload.id} ${workload.title}: ${name}, round ${round + 1} of ${rounds}`)
      const task: ContenderTask = { path: pathOf(path), workload: workload.id, expected: workload.expected, warmUpMs, measureMs }
      const before = results.get(name) ?? []
      results.set(name, [...before, await runContender(name, task)])
    }
  }
  return results
}

async function runContender(name: string, task: ContenderTask): Promise<ContenderFigures> {
  const child = spawn(process.execPath, [pathOf('bench/src/engine/run-contender.ts'), JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production' },
  })
  let output = ''
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${name} failed with ${task.workload}:\n${complaints.slice(-4_000)}`)
  // The last line is our own script's; what an engine prints by itself comes before.
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as ContenderFigures
}

function versionsOfPeers(): Readonly<Record<string, string>> {
  // Our own manifest.
  const manifest = JSON.parse(readFileSync(pathOf('bench/package.json'), 'utf8')) as { dependencies: Record<string, string> }
  const names = ['@langchain/langgraph', '@mastra/core', 'xstate']
  return Object.fromEntries(names.map((name) => [name, manifest.dependencies[name] ?? '']))
}
