import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { describeMachine, type Machine } from '../machine.ts'
import { pathOf } from '../paths.ts'
import { measureSandbox, type SandboxFigures, type Scale } from './scenarios.ts'

const fullScale: Scale = { calls: 200, saturatedMs: 10_000 }
const quickScale: Scale = { calls: 10, saturatedMs: 500 }

interface Line {
  readonly name: string
  readonly goal: string
  readonly value: string
  readonly isMet: boolean | undefined
}

/** `npm run bench -- sandbox`. Resolves to the exit code: 1 where a call failed, misses of goals notwithstanding. */
export async function runSandbox({ isQuick }: { readonly isQuick: boolean }): Promise<number> {
  const [loadBefore = 0] = loadavg()
  const scale = isQuick ? quickScale : fullScale
  const figures = await measureSandbox(scale, (text) => console.error(`[bench] ${text}`))
  const machine = describeMachine()
  const lines = linesOf(figures)
  for (const { name, goal, value, isMet } of lines)
    console.log(`${name.padEnd(58)} ${value.padStart(14)}  ${goal.padEnd(18)} ${verdict(isMet)}`)
  if (isQuick) {
    console.log('\nNo results kept (a quick run).')
    return 0
  }
  const date = new Date().toISOString().slice(0, 10)
  console.log(`\nKept: ${keep({ machine, loadBefore, scale, figures }, lines, date).join(', ')}`)
  return 0
}

const verdict = (isMet: boolean | undefined): string => (isMet === undefined ? '' : isMet ? 'met' : 'missed')

function linesOf(figures: SandboxFigures): readonly Line[] {
  const most = (name: string, { p50, p95 }: { readonly p50: number; readonly p95: number }, goalMs?: number): Line => ({
    name,
    goal: goalMs === undefined ? '' : `≤ ${goalMs} ms`,
    value: `${p50.toFixed(1)} ms (${p95.toFixed(1)})`,
    isMet: goalMs === undefined ? undefined : p50 <= goalMs,
  })
  return [
    most('JavaScript on the fast path, median (p95)', figures.fastPath, 2),
    most('Python, median (p95)', figures.python, 20),
    most('JavaScript in the reference runner, median (p95)', figures.javascript, 45),
    most('python3 alone, without walls', figures.barePython),
    most('node alone, without walls', figures.bareNode),
    {
      name: 'Code nodes on the fast path, 8 callers',
      goal: '≥ 1,000/s',
      value: `${Math.round(figures.fastPathPerSecond)}/s`,
      isMet: figures.fastPathPerSecond >= 1000,
    },
  ]
}

interface Report {
  readonly machine: Machine
  /** Processes that wanted a core in the minute before: above a few tenths the figures say little; children end with each call and their time cannot be told from that of strangers. */
  readonly loadBefore: number
  readonly scale: Scale
  readonly figures: SandboxFigures
}

function keep(report: Report, lines: readonly Line[], date: string): readonly string[] {
  const folder = pathOf('bench/results')
  mkdirSync(folder, { recursive: true })
  const { machine, loadBefore, scale } = report
  const text = [
    '# Code: what it costs',
    '',
    `Written by \`npm run bench -- sandbox\` on ${date}: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, Node ${machine.node}, ${machine.platform}.`,
    `Caller and sandboxes shared these cores, on which the load before was ${loadBefore.toFixed(2)}. Times are those of ${scale.calls} calls one after the other (ten times as many on the fast path), as the caller sees them.`,
    '',
    '| Measure | Figure | Goal | |',
    '| --- | ---: | ---: | --- |',
    ...lines.map(({ name, goal, value, isMet }) => `| ${name} | ${value} | ${goal} | ${verdict(isMet)} |`),
    '',
  ].join('\n')
  const files = [join(folder, `${date}-sandbox.json`), join(folder, 'sandbox.md')]
  writeFileSync(files[0] ?? '', `${JSON.stringify(report, null, 2)}\n`)
  writeFileSync(files[1] ?? '', text)
  return files.map((file) => file.slice(file.indexOf('bench/results')))
}
